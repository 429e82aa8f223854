/// What of protobuf's wire format remote write needs (protobuf.dev, "Encoding").
enum Protobuf {
  static func varintByteCount(_ value: UInt64) -> Int { (70 - (value | 1).leadingZeroBitCount) / 7 }

  /// Bytes of a field below 16 whose value has so many.
  static func fieldByteCount(_ byteCount: Int) -> Int { 1 + varintByteCount(UInt64(byteCount)) + byteCount }
}

extension ByteReader {
  /// The next field's number and how its value is written.
  @_lifetime(self: copy self)
  public mutating func tag() throws(Malformed) -> (field: Int, wireType: Int) {
    let tag = try count(max: Int(UInt32.max))
    guard tag >> 3 > 0 else { throw Malformed() }
    return (tag >> 3, tag & 7)
  }

  /// A length-delimited value.
  @_lifetime(copy self)
  @_lifetime(self: copy self)
  public mutating func message() throws(Malformed) -> Span<UInt8> { try bytes(try count(max: remaining)) }

  /// Reads over a value.
  @_lifetime(self: copy self)
  public mutating func skip(wireType: Int) throws(Malformed) {
    switch wireType {
    case 0: _ = try varint()
    case 1: try skip(8)
    case 2: try skip(try count(max: remaining))
    case 5: try skip(4)
    default: throw Malformed()
    }
  }
}

extension ByteBuffer {
  /// A length-delimited field.
  mutating func appendField(_ number: UInt8, _ bytes: Span<UInt8>) {
    appendTag(number, byteCount: bytes.count)
    append(bytes)
  }

  /// What stands before a length-delimited value of so many bytes.
  mutating func appendTag(_ number: UInt8, byteCount: Int) {
    append(number << 3 | 2)
    append(varint: byteCount)
  }
}
