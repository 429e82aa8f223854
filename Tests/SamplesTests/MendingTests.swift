import Samples
import Testing

/// What tells one wrong bit, and what keeps other damage from being taken for one.
@Suite struct MendingTests {
  private static func message(_ count: Int, seed: UInt64) -> [UInt8] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
  }

  @Test(arguments: [1, 2, 7, 8, 9, 44, 300]) func everyBitIsFound(count: Int) {
    let message = Self.message(count, seed: UInt64(count))
    let whole = CRC32C.checksum(message.span)
    for bit in 0..<count * 8 {
      var damaged = message
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(CRC32C.flippedBit(difference: CRC32C.checksum(damaged.span) ^ whole, byteCount: count) == bit)
    }
  }

  @Test func aBitOfALongMessageIsFound() {
    let message = Self.message(1 << 20, seed: 3)
    var damaged = message
    damaged[17] ^= 0x20
    let difference = CRC32C.checksum(damaged.span) ^ CRC32C.checksum(message.span)
    #expect(CRC32C.flippedBit(difference: difference, byteCount: message.count) == 17 * 8 + 5)
    #expect(CRC32C.flippedBit(difference: difference, byteCount: message.count - 18) == nil)
  }

  @Test func nothingIsFoundWhereNothingIsWrong() {
    #expect(CRC32C.flippedBit(difference: 0, byteCount: 100) == nil)
  }

  /// An even number of wrong bits never looks like one: the polynomial has the factor x + 1.
  @Test func twoBitsAreNotOne() {
    let message = Self.message(40, seed: 9)
    let whole = CRC32C.checksum(message.span)
    for first in 0..<320 {
      for second in first + 1..<min(first + 90, 320) {
        var damaged = message
        damaged[first / 8] ^= 1 << UInt8(first % 8)
        damaged[second / 8] ^= 1 << UInt8(second % 8)
        #expect(CRC32C.flippedBit(difference: CRC32C.checksum(damaged.span) ^ whole, byteCount: 40) == nil)
      }
    }
  }

  /// Computed by hand from docs/formats/spool.md, 4.6.
  @Test func witnessIsTheFormats() {
    #expect(PayloadWitness.value([UInt8]().span) == 1)
    #expect(PayloadWitness.value([1, 2, 3].span) == 0x2dc3c1)
    #expect(PayloadWitness.value(Array(0..<20).span) == 0x4f910e)
  }

  @Test func witnessTellsEveryBit() {
    let message = Self.message(61, seed: 5)
    let whole = PayloadWitness.value(message.span)
    for bit in 0..<61 * 8 {
      var damaged = message
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(PayloadWitness.value(damaged.span) != whole)
    }
  }
}
