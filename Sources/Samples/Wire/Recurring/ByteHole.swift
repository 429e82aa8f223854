/// Bytes of a compressed run that are filled in each time: some of a value's eight, or of a timestamp's varint.
struct ByteHole: BitwiseCopyable {
  /// Filling one touches so many bytes from its beginning on.
  static let margin = 8

  /// In the compressed run.
  var position: UInt16 = 0
  /// The first of the word's bytes, lowest first.
  private(set) var lower: UInt8 = 0
  private(set) var count: UInt8 = 0

  init() {}

  init(position: Int, lower: Int, count: Int) {
    // A block too large for it is given up by its maker.
    self.position = UInt16(truncatingIfNeeded: position)
    self.lower = UInt8(lower)
    self.count = UInt8(count)
  }

  var bytes: Range<Int> { Int(lower)..<Int(lower) + Int(count) }

  /// The word's bits in the hole.
  @inline(__always)
  var mask: UInt64 { lowMask << (UInt64(lower) * 8) }

  /// As many bits as the hole has, from the lowest on.
  @inline(__always)
  var lowMask: UInt64 { count == 8 ? .max : (1 << (UInt64(count) * 8)) &- 1 }

  @inline(__always)
  func moved(by shift: Int) -> ByteHole {
    var hole = self
    hole.position = UInt16(truncatingIfNeeded: Int(position) + shift)
    return hole
  }

  /// Makes it large enough for a change from one value to another, and for changes that will follow: down to the lowest byte that either
  /// value has, and up to the highest that changed. Where that wasn't enough once, it reaches to the end of the word.
  mutating func widen(for old: UInt64, _ new: UInt64) {
    let lowest = UInt8(min(old.trailingZeroBitCount, new.trailingZeroBitCount) / 8)
    let end = UInt8(8 - (old ^ new).leadingZeroBitCount / 8)
    guard count > 0 else {
      lower = lowest
      count = end - lowest
      return
    }
    let upper = end > lower + count ? 8 : lower + count
    lower = lowest < lower ? 0 : lower
    count = upper - lower
  }
}
