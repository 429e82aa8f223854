extension CRC32C {
  /// Which bit of a message is wrong, if one alone is: the polynomial (its order is 2^31 - 1) gives each place of a message below 256 MiB a
  /// difference of its own.
  ///
  /// A message with more than one wrong bit may have the difference of one: who mends needs another witness.
  /// - Parameters:
  ///   - difference: the checksum of the message as it is, XOR the one it should have.
  ///   - byteCount: of the message.
  /// - Returns: the bit, from 0 up, the lowest of each byte first; nothing if it isn't a single one of these.
  public static func flippedBit(difference: UInt32, byteCount: Int) -> Int? {
    guard difference != 0 else { return nil }
    // What one wrong bit leaves in the register, from the last bit of the message to the first.
    var trace: UInt32 = 1
    for bit in stride(from: byteCount * 8 - 1, through: 0, by: -1) {
      trace = trace >> 1 ^ (trace & 1 == 1 ? 0x82f6_3b78 : 0)
      if trace == difference { return bit }
    }
    return nil
  }
}
