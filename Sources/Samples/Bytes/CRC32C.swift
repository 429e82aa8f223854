internal import CCRC32C

/// CRC-32C (Castagnoli), RFC 3720 B.4: the checksum of the spool (docs/formats/spool.md, 4.2).
///
/// The processor's own instruction takes eight bytes at a time; where it has none, eight table look-ups do ("slicing by 8").
public struct CRC32C {
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      var remainder = UInt32(byte)
      for _ in 0..<8 { remainder = remainder & 1 == 1 ? remainder >> 1 ^ 0x82f6_3b78 : remainder >> 1 }
      tables[byte] = remainder
    }
    for slice in 1..<8 {
      for byte in 0..<256 {
        let before = tables[(slice - 1) * 256 + byte]
        tables[slice * 256 + byte] = before >> 8 ^ tables[Int(before & 0xff)]
      }
    }
    return tables
  }()

  private static let hasInstruction = crc32c_has_instruction()

  private var state: UInt32 = 0xffff_ffff

  public init() {}

  /// Goes on from a checksum that was computed before.
  public init(continuing value: UInt32) { state = ~value }

  public var value: UInt32 { ~state }

  public static func checksum(_ bytes: Span<UInt8>) -> UInt32 {
    var crc = CRC32C()
    crc.update(bytes)
    return crc.value
  }

  /// The eight bytes of a little-endian number.
  public mutating func update(_ word: UInt64) {
    let tables = Self.tables
    state = Self.advanced(state, by: word, tables.span)
  }

  @inline(__always)
  private static func advanced(_ crc: UInt32, by word: UInt64, _ table: Span<UInt32>) -> UInt32 {
    let mixed = word ^ UInt64(crc)
    return table[7 * 256 + Int(mixed & 0xff)] ^ table[6 * 256 + Int(mixed >> 8 & 0xff)]
      ^ table[5 * 256 + Int(mixed >> 16 & 0xff)] ^ table[4 * 256 + Int(mixed >> 24 & 0xff)]
      ^ table[3 * 256 + Int(mixed >> 32 & 0xff)] ^ table[2 * 256 + Int(mixed >> 40 & 0xff)]
      ^ table[256 + Int(mixed >> 48 & 0xff)] ^ table[Int(mixed >> 56)]
  }

  /// So many bytes that are zero, without looking at any: a byte of zeros is a linear map of the state, and so is any power of two of them.
  public mutating func update(zeros count: Int) {
    precondition(count >= 0 && count < 1 << Self.zeroPowerCount, "BUG: more zeros than the tables know")
    let maps = Self.zeroMaps
    var crc = state
    for power in 0..<Self.zeroPowerCount where count >> power & 1 == 1 {
      crc = Self.mapped(crc, maps[power * 32..<power * 32 + 32])
    }
    state = crc
  }

  /// Zeros are taken in up to 64 KiB less one.
  private static let zeroPowerCount = 16

  /// What 2^n bytes of zeros make of each bit of the state.
  private static let zeroMaps: [UInt32] = {
    var maps: [UInt32] = []
    for bit in 0..<32 {
      let word = 1 << UInt32(bit) as UInt32
      maps.append(word >> 8 ^ tables[Int(word & 0xff)])
    }
    for power in 1..<zeroPowerCount {
      let before = maps[(power - 1) * 32..<power * 32]
      maps += before.map { mapped($0, before) }
    }
    return maps
  }()

  private static func mapped(_ word: UInt32, _ map: ArraySlice<UInt32>) -> UInt32 {
    var (rest, result) = (word, 0 as UInt32)
    while rest != 0 {
      result ^= map[map.startIndex + rest.trailingZeroBitCount]
      rest &= rest - 1
    }
    return result
  }

  public mutating func update(_ bytes: Span<UInt8>) {
    guard Self.hasInstruction else { return updateByTables(bytes) }
    state = unsafe bytes.withUnsafeBufferPointer { unsafe crc32c_absorb(state, $0.baseAddress, $0.count) }
  }

  /// The same, whatever the processor can.
  public mutating func updateByTables(_ bytes: Span<UInt8>) {
    let tables = Self.tables
    let table = tables.span
    var crc = state
    var offset = 0
    while bytes.count - offset >= 8 {
      crc = Self.advanced(crc, by: bytes.littleEndian(at: offset, as: UInt64.self), table)
      offset += 8
    }
    while offset < bytes.count {
      crc = crc >> 8 ^ table[Int(UInt8(truncatingIfNeeded: crc) ^ bytes[offset])]
      offset += 1
    }
    state = crc
  }
}
