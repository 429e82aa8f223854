/// `count_over_time` of some of a node's series at each step of a query.
struct SeriesCounts {
  let stepCount: Int
  /// Of each series its row; nothing of those that weren't asked for.
  private var rows = [Int?](repeating: nil, count: 64)
  private var counts: [Int32]
  /// Of the series that were asked for, one bit each.
  private(set) var mask: UInt64 = 0

  init(_ series: [Int], stepCount: Int) {
    self.stepCount = stepCount
    var count = 0
    for one in series where (0..<64).contains(one) && rows[one] == nil {
      rows[one] = count
      mask |= 1 << UInt64(one)
      count += 1
    }
    counts = [Int32](repeating: 0, count: count * stepCount)
  }

  /// There is a sample of each of these series, a bit each, in a step.
  mutating func add(_ series: UInt64, step: Int) {
    var rest = series & mask
    while rest != 0 {
      if let row = rows[rest.trailingZeroBitCount] { counts[row * stepCount + step] += 1 }
      rest &= rest - 1
    }
  }

  /// At each step.
  func of(_ series: Int) -> ArraySlice<Int32> {
    guard let row = rows[series] else { return [] }
    return counts[row * stepCount..<(row + 1) * stepCount]
  }
}
