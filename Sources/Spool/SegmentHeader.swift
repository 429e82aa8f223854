import Samples

/// The first 64 bytes of a segment (docs/formats/spool.md, 3).
struct SegmentHeader: Hashable {
  static let byteCount = 64
  static let version: UInt16 = 1
  private static let magic = Array("rescfgS\n".utf8)

  enum Reading: Hashable {
    case valid(SegmentHeader)
    /// Intact, and written for a reader that this isn't.
    case newer(readerVersion: UInt16)
    case damaged
  }

  let number: UInt64
  let firstSequence: UInt64
  let samplesBefore: UInt64
  /// Milliseconds since 1970.
  let created: Int64

  func append(to buffer: inout ByteBuffer) {
    let start = buffer.count
    buffer.append(Self.magic)
    buffer.append(littleEndian: Self.version)
    buffer.append(littleEndian: 1 as UInt16)
    buffer.append(littleEndian: 0 as UInt32)
    buffer.append(littleEndian: number)
    buffer.append(littleEndian: firstSequence)
    buffer.append(littleEndian: samplesBefore)
    buffer.append(littleEndian: created)
    for _ in 0..<12 { buffer.append(0) }
    buffer.append(littleEndian: CRC32C.checksum(buffer.span.extracting(start..<start + 60)))
  }

  static func read(_ bytes: Span<UInt8>, number: UInt64) -> Reading {
    guard bytes.count >= byteCount, bytes.extracting(0..<8).equals(magic.span),
      CRC32C.checksum(bytes.extracting(0..<60)) == bytes.littleEndian(at: 60, as: UInt32.self)
    else { return .damaged }
    let readerVersion = bytes.littleEndian(at: 10, as: UInt16.self)
    if readerVersion > version { return .newer(readerVersion: readerVersion) }
    guard bytes.littleEndian(at: 16, as: UInt64.self) == number else { return .damaged }
    return .valid(
      SegmentHeader(
        number: number,
        firstSequence: bytes.littleEndian(at: 24, as: UInt64.self),
        samplesBefore: bytes.littleEndian(at: 32, as: UInt64.self),
        created: bytes.littleEndian(at: 40, as: Int64.self)
      )
    )
  }

  private static let suffix = ".seg"

  /// The file's name.
  static func name(_ number: UInt64) -> String {
    unsafe String(unsafeUninitializedCapacity: 20) { bytes in
      for place in 0..<16 {
        let digit = UInt8(truncatingIfNeeded: number >> UInt64(60 - 4 * place)) & 15
        unsafe bytes[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
      }
      for (place, byte) in suffix.utf8.enumerated() { unsafe bytes[16 + place] = byte }
      return 20
    }
  }

  /// The number in a file's name, if it is one of ours.
  static func number(_ name: String) -> UInt64? {
    guard name.utf8.count == 20 else { return nil }
    var number: UInt64 = 0
    for byte in name.utf8.prefix(16) {
      switch byte {
      case 0x30...0x39: number = number << 4 | UInt64(byte - 0x30)
      case 0x61...0x66: number = number << 4 | UInt64(byte - 0x61 + 10)
      default: return nil
      }
    }
    return number > 0 && name.utf8.dropFirst(16).elementsEqual(suffix.utf8) ? number : nil
  }
}
