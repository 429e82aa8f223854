import Samples
import Testing

@Suite struct BytesTests {
  /// RFC 3720 B.4.
  @Test func crcVectors() {
    #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32).span) == 0x8a91_36aa)
    #expect(CRC32C.checksum([UInt8](repeating: 0xff, count: 32).span) == 0x62a8_ab43)
    #expect(CRC32C.checksum(Array(0..<32 as Range<UInt8>).span) == 0x46dd_794e)
    #expect(CRC32C.checksum(Array("123456789".utf8).span) == 0xe306_9283)
  }

  @Test func crcInPieces() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let whole = CRC32C.checksum(bytes.span)
    for cut in 0...40 {
      var crc = CRC32C()
      crc.update(bytes.span.extracting(0..<cut))
      var rest = CRC32C(continuing: crc.value)
      rest.update(bytes.span.extracting(cut..<1000))
      #expect(rest.value == whole)
    }
  }

  @Test func crcByTables() {
    var random = SeededGenerator(seed: 7)
    for count in 0..<100 {
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      var crc = CRC32C()
      crc.updateByTables(bytes.span)
      #expect(crc.value == CRC32C.checksum(bytes.span), "\(bytes)")
    }
  }

  @Test func crcOfZerosWithoutLookingAtThem() {
    for count in [0, 1, 2, 3, 7, 8, 255, 256, 3999, 4092, 65_535] {
      let bytes = Array("123456789".utf8) + [UInt8](repeating: 0, count: count)
      var crc = CRC32C()
      crc.update(bytes.span.extracting(0..<9))
      crc.update(zeros: count)
      #expect(crc.value == CRC32C.checksum(bytes.span), "\(count)")
    }
  }

  @Test(arguments: [0, 1, 127, 128, 16_383, 16_384, .max, .max - 1, 1 << 63] as [UInt64]) func varint(value: UInt64)
    throws
  {
    var buffer = ByteBuffer()
    buffer.append(varint: value)
    buffer.append(zigzag: Int64(bitPattern: value))
    var reader = ByteReader(buffer.span)
    let (unsigned, signed) = (try reader.varint(), try reader.zigzag())
    let isAtEnd = reader.isAtEnd
    #expect(unsigned == value)
    #expect(signed == Int64(bitPattern: value))
    #expect(isAtEnd)
  }

  @Test func varintTooLong() {
    for bytes: [UInt8] in [
      [0x80], [UInt8](repeating: 0xff, count: 9) + [0x02], [UInt8](repeating: 0x80, count: 10) + [0], [],
    ] {
      var reader = ByteReader(bytes.span)
      var failed = false
      do { _ = try reader.varint() } catch { failed = true }
      #expect(failed, "\(bytes)")
    }
  }

  @Test func hashTellsTextsApart() {
    var seen: Set<KeyedHash> = []
    for length in 0..<200 {
      for change in 0..<max(length, 1) {
        var bytes = [UInt8](repeating: 0, count: length)
        if length > 0 { bytes[change] = 1 }
        seen.insert(KeyedHash(bytes.span, key: testKey))
      }
    }
    #expect(seen.count == 1 + (1..<200).reduce(0, +))
  }
}
