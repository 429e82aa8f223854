/// How long requests took, in buckets (`prometheus_remote_storage_sent_batch_duration_seconds`).
package struct BatchDurations: Hashable, Sendable {
  /// Upper bounds in milliseconds; what is above them all is only in the count. As Prometheus has them.
  package static let bounds: [Int64] = [
    5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 60_000, 120_000, 300_000,
  ]

  /// By bucket, not summed up.
  package private(set) var counts = [UInt64](repeating: 0, count: bounds.count)
  package private(set) var count: UInt64 = 0
  /// Milliseconds.
  package private(set) var sum: Int64 = 0

  package init() {}

  mutating func observe(_ duration: Int64) {
    if let bucket = Self.bounds.firstIndex(where: { duration <= $0 }) { counts[bucket] += 1 }
    count += 1
    sum += duration
  }
}
