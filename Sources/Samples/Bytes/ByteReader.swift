/// Reads bytes from front to back; every read is checked against the end.
public struct ByteReader: ~Escapable {
  /// The bytes ended too early, or a number is longer than it may be.
  public struct Malformed: Error, Hashable { public init() {} }

  private let bytes: Span<UInt8>
  public private(set) var offset = 0

  @_lifetime(copy bytes)
  public init(_ bytes: Span<UInt8>) { self.bytes = bytes }

  public var isAtEnd: Bool { offset == bytes.count }
  public var remaining: Int { bytes.count - offset }

  @_lifetime(self: copy self)
  public mutating func byte() throws(Malformed) -> UInt8 {
    guard offset < bytes.count else { throw Malformed() }
    defer { offset += 1 }
    return bytes[offset]
  }

  @inline(__always)
  @_lifetime(self: copy self)
  public mutating func varint() throws(Malformed) -> UInt64 {
    guard offset < bytes.count else { throw Malformed() }
    let first = bytes[offset]
    guard first < 0x80 else { return try longVarint() }
    offset += 1
    return UInt64(first)
  }

  /// Of two bytes or more.
  @inline(never)
  @_lifetime(self: copy self)
  private mutating func longVarint() throws(Malformed) -> UInt64 {
    var value = UInt64(try byte() & 0x7f)
    var shift: UInt64 = 7
    while true {
      let next = try byte()
      // The tenth byte holds the one bit that is left.
      if shift == 63 && next > 1 { throw Malformed() }
      value |= UInt64(next & 0x7f) << shift
      if next < 0x80 { return value }
      shift += 7
      if shift > 63 { throw Malformed() }
    }
  }

  /// A count or length: a varint that is at most `limit`.
  @_lifetime(self: copy self)
  public mutating func count(max limit: Int) throws(Malformed) -> Int {
    let value = try varint()
    guard limit >= 0, value <= UInt64(limit) else { throw Malformed() }
    return Int(value)
  }

  @_lifetime(self: copy self)
  public mutating func zigzag() throws(Malformed) -> Int64 {
    let value = try varint()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  @_lifetime(self: copy self)
  public mutating func littleEndian<Word: FixedWidthInteger & BitwiseCopyable>(_: Word.Type) throws(Malformed) -> Word {
    let size = MemoryLayout<Word>.size
    guard remaining >= size else { throw Malformed() }
    defer { offset += size }
    return bytes.littleEndian(at: offset, as: Word.self)
  }

  @_lifetime(copy self)
  @_lifetime(self: copy self)
  public mutating func bytes(_ count: Int) throws(Malformed) -> Span<UInt8> {
    guard count >= 0, remaining >= count else { throw Malformed() }
    defer { offset += count }
    return bytes.extracting(offset..<offset + count)
  }

  @_lifetime(self: copy self)
  public mutating func skip(_ count: Int) throws(Malformed) {
    guard count >= 0, remaining >= count else { throw Malformed() }
    offset += count
  }
}
