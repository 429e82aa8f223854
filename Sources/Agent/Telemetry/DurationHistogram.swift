/// How long something took, counted in fixed buckets. Whole microseconds throughout, so that nothing is rounded; observing allocates nothing.
public struct DurationHistogram: Hashable, Sendable {
  /// The buckets' upper bounds, rising, in microseconds. The last bucket has none.
  public let bounds: [Int64]
  /// One for each bound, and one for what lies above them all. Not cumulative.
  public private(set) var counts: [UInt64]
  /// In microseconds.
  public private(set) var sum: UInt64 = 0

  public init(bounds: [Int64]) {
    self.bounds = bounds
    counts = Array(repeating: 0, count: bounds.count + 1)
  }

  /// Of a disk's sync: 100 µs to 10 s.
  public static let synchronization = DurationHistogram(bounds: [
    100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
    10_000_000,
  ])

  /// Of a write request, as Prometheus has them: 5 ms to 5 min.
  public static let sentBatch = DurationHistogram(bounds: [
    5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000,
    60_000_000, 120_000_000, 300_000_000,
  ])

  public var count: UInt64 { counts.reduce(0, +) }

  /// A clock that went backwards gives a negative duration: that is counted as none.
  public mutating func observe(microseconds: Int64) {
    let duration = max(0, microseconds)
    var bucket = 0
    while bucket < bounds.count, duration > bounds[bucket] { bucket += 1 }
    counts[bucket] += 1
    sum &+= UInt64(duration)
  }
}
