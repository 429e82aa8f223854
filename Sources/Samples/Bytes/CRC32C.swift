/// CRC-32C (Castagnoli), RFC 3720 B.4: the checksum of the spool (docs/formats/spool.md, 4.2).
///
/// Eight table look-ups take eight bytes at a time ("slicing by 8").
package struct CRC32C {
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

  private var state: UInt32 = 0xffff_ffff

  package init() {}

  /// Goes on from a checksum that was computed before.
  package init(continuing value: UInt32) { state = ~value }

  package var value: UInt32 { ~state }

  package static func checksum(_ bytes: Span<UInt8>) -> UInt32 {
    var crc = CRC32C()
    crc.update(bytes)
    return crc.value
  }

  /// The eight bytes of a little-endian number.
  package mutating func update(_ word: UInt64) {
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

  package mutating func update(_ bytes: Span<UInt8>) {
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
