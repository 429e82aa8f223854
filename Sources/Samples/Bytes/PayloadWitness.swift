/// A second checksum of a payload, of another kind than CRC: it says whether a bit that was found by the first is the right one
/// (docs/formats/spool.md, 4.6).
public enum PayloadWitness {
  private static let factor: UInt64 = 0x9e37_79b9_7f4a_7c15

  /// - Returns: 24 bits, never 0.
  public static func value(_ bytes: Span<UInt8>) -> UInt32 {
    var state = UInt64(bytes.count)
    var offset = 0
    while bytes.count - offset >= 8 {
      state = stirred(state, bytes.littleEndian(at: offset, as: UInt64.self))
      offset += 8
    }
    if offset < bytes.count {
      var rest: UInt64 = 0
      for index in offset..<bytes.count { rest |= UInt64(bytes[index]) << UInt64((index - offset) * 8) }
      state = stirred(state, rest)
    }
    return max(UInt32(truncatingIfNeeded: (state &* factor) >> 40), 1)
  }

  @inline(__always)
  private static func stirred(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let product = (state ^ word) &* factor
    return product ^ product >> 32
  }
}
