/// What kind each byte of a run's text is: whether a repetition of bytes is one for every timestamp and every value.
struct TextKinds: ~Copyable {
  private static let same: UInt8 = 0
  /// A byte that differs from time to time, so that it repeats nothing and nothing repeats it. One of the timestamp that all samples share
  /// is of its own kind: its place in the varint + 1.
  private static let open: UInt8 = 0xff

  private var kinds: [UInt8] = []

  /// - Parameter holes: by sample, which bytes of its value are left open.
  mutating func replace(with text: borrowing RunText, _ holes: [ByteHole]) {
    kinds.removeAll(keepingCapacity: true)
    kinds.append(contentsOf: repeatElement(Self.same, count: text.byteCount))
    for sample in text.valueOffsets.indices {
      for byte in 0..<text.timestampByteCount { kinds[text.timestampOffset(sample) + byte] = UInt8(byte + 1) }
      for byte in holes[sample].bytes { kinds[text.valueOffsets[sample] + byte] = Self.open }
    }
  }

  /// A word that only the same four bytes of the same kinds give; nothing where one of them is open, and at the end.
  @inline(__always)
  func key(_ text: borrowing RunText, _ offset: Int) -> UInt64? {
    guard offset + 4 <= kinds.count else { return nil }
    let kinds = kinds.span.littleEndian(at: offset, as: UInt32.self)
    guard kinds & 0x8080_8080 == 0 else { return nil }
    return UInt64(kinds) << 32 | UInt64(text.bytes.littleEndian(at: offset, as: UInt32.self))
  }

  /// How many bytes from `offset` on say each time what those from `earlier` on say; `limit` at most.
  @inline(__always)
  func repeatedCount(_ text: borrowing RunText, _ offset: Int, of earlier: Int, limit: Int) -> Int {
    let (bytes, kinds) = (text.bytes, kinds.span)
    let end = min(limit, kinds.count - offset)
    var done = 0
    while done + 8 <= end {
      let kind = kinds.littleEndian(at: offset + done, as: UInt64.self)
      let byteDifference =
        bytes.littleEndian(at: offset + done, as: UInt64.self) ^ bytes.littleEndian(at: earlier + done, as: UInt64.self)
      let kindDifference = kind ^ kinds.littleEndian(at: earlier + done, as: UInt64.self)
      // Only what is open has a kind beyond 0x7f.
      let difference = byteDifference | kindDifference | (kind & 0x8080_8080_8080_8080)
      if difference != 0 { return done + difference.trailingZeroBitCount / 8 }
      done += 8
    }
    while done < end, bytes[offset + done] == bytes[earlier + done], kinds[offset + done] == kinds[earlier + done],
      kinds[offset + done] != Self.open
    {
      done += 1
    }
    return done
  }
}
