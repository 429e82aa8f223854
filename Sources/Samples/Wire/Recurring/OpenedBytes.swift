/// Bytes of a text that were found to differ from time to time.
struct OpenedBytes: ~Copyable {
  /// A bit for each byte, and a word more than they take.
  private var bits: [UInt64] = []
  /// None lies outside.
  private(set) var bounds = 0..<0

  init(byteCount: Int = 0) { removeAll(byteCount: byteCount) }

  /// Bytes of memory held.
  var footprint: Int { bits.capacity * 8 }

  mutating func removeAll(byteCount: Int) {
    bounds = 0..<0
    bits.removeAll(keepingCapacity: true)
    bits.append(contentsOf: repeatElement(0, count: byteCount / 64 + 2))
  }

  mutating func insert(_ range: Range<Int>) {
    bounds =
      bounds.isEmpty ? range : min(bounds.lowerBound, range.lowerBound)..<max(bounds.upperBound, range.upperBound)
    for offset in range { bits[offset >> 6] |= 1 << UInt64(offset & 63) }
  }

  /// Which of the `count` bytes from `offset` on it has, the first one in the lowest bit. A copy of a block's has 64 at most.
  @inline(__always)
  func bits(_ offset: Int, _ count: Int) -> UInt64 {
    let shift = UInt64(offset & 63)
    let low = bits[offset >> 6] >> shift
    let high = (bits[offset >> 6 + 1] << 1) << (63 - shift)
    return (low | high) & (.max >> UInt64(64 - count))
  }

  /// Whether it has any of so many bytes.
  @inline(__always)
  func touches(_ offset: Int, _ count: Int) -> Bool {
    guard offset + count > bounds.lowerBound, offset < bounds.upperBound else { return false }
    var (next, rest) = (offset, count)
    while rest > 0 {
      if bits(next, min(rest, 64)) != 0 { return true }
      next += 64
      rest -= 64
    }
    return false
  }
}
