/// How answers to queries spell the times of a grid, `[1735689600.501,"` each. Queries of one kind ask for the same times again and again.
struct TimeTexts {
  static let byteCount = 17
  /// More at once are made anew.
  private static let countMax = 100_000

  private(set) var bytes: [UInt8] = []
  /// Milliseconds.
  private var first: Int64 = 0
  private var step: Int64 = 1

  private var end: Int64 { first + Int64(bytes.count / Self.byteCount) * step }

  /// Where in `bytes` the text of the first time stands; the others follow it.
  mutating func place(_ start: Int64, _ end: Int64, step: Int64) -> Int {
    if step != self.step || start < first || (start - first) % step != 0 || start > self.end
      || bytes.count > Self.countMax * Self.byteCount
    {
      (first, self.step) = (start, step)
      bytes.removeAll(keepingCapacity: true)
    }
    while self.end <= end { append(self.end) }
    return Int((start - first) / step) * Self.byteCount
  }

  private mutating func append(_ time: Int64) {
    let start = bytes.count
    // Fewer digits begin with space, which JSON takes.
    bytes += "[          .   ,\"".utf8
    var rest = time
    for place in stride(from: start + 14, to: start, by: -1)
    where place != start + 11 && (rest > 0 || place > start + 9) {
      bytes[place] = 0x30 + UInt8(rest % 10)
      rest /= 10
    }
  }
}
