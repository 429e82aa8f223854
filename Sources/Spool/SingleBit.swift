import Samples

/// Puts right the one wrong bit of a record, where there is one (docs/formats/spool.md, 4.6).
enum SingleBit {
  /// Payloads up to here are looked through: longer ones have so many bits that a wrong one might be found by chance.
  static let payloadByteCountMax = 4 << 20

  /// The byte of a header that is wrong and what it was, counted from the header's start.
  /// - Parameter bytes: where a header should be; the payload it tells of has to prove it.
  static func mendedHeader(_ bytes: Span<UInt8>, segment: UInt64, offset: Int) -> (index: Int, byte: UInt8)? {
    let stored = bytes.littleEndian(at: RecordHeader.checkedByteCount, as: UInt32.self)
    let difference =
      stored
      ^ RecordHeader.checksum(bytes.extracting(0..<RecordHeader.checkedByteCount), segment: segment, offset: offset)
    // One bit of difference is one wrong bit of the checksum itself.
    let bit =
      difference.nonzeroBitCount == 1
      ? RecordHeader.checkedByteCount * 8 + difference.trailingZeroBitCount
      : CRC32C.flippedBit(difference: difference, byteCount: RecordHeader.checkedByteCount)
    return bit.map { flipped($0, of: bytes) }
  }

  /// Likewise for a payload, proved by the header's second checksum.
  static func mendedPayload(_ payload: Span<UInt8>, _ header: RecordHeader) -> (index: Int, byte: UInt8)? {
    guard header.payloadWitness != 0, payload.count <= payloadByteCountMax,
      let bit = CRC32C.flippedBit(
        difference: CRC32C.checksum(payload) ^ header.payloadChecksum,
        byteCount: payload.count
      )
    else { return nil }
    let (index, byte) = flipped(bit, of: payload)
    var mended = payload.array
    mended[index] = byte
    return PayloadWitness.value(mended.span) == header.payloadWitness ? (index, byte) : nil
  }

  private static func flipped(_ bit: Int, of bytes: Span<UInt8>) -> (index: Int, byte: UInt8) {
    (bit / 8, bytes[bit / 8] ^ 1 << UInt8(bit % 8))
  }
}
