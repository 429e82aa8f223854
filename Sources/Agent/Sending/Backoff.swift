/// How long to wait before the next try (docs/formats/dead-letters.md is about what is never tried again).
///
/// The envelope is min(initial * 2^attempt, max); the wait is drawn evenly from nothing up to the envelope. Of many nodes that
/// lost the same centre at once, no two then come back at once.
public struct Backoff: Hashable, Sendable {
  /// Milliseconds.
  public let initial: Int64
  public let max: Int64

  public init(initial: Int64, max: Int64) {
    self.initial = Swift.max(initial, 1)
    self.max = Swift.max(max, self.initial)
  }

  /// - Parameter attempt: how many tries failed before the one that failed last, so 0 after the first.
  public func envelope(_ attempt: Int) -> Int64 {
    guard attempt < initial.leadingZeroBitCount - 1 else { return max }
    return min(initial << Int64(Swift.max(attempt, 0)), max)
  }

  /// Milliseconds from the failure to the next try.
  public func delay(_ attempt: Int, using generator: inout SeededGenerator) -> Int64 {
    Int64.random(in: 0...envelope(attempt), using: &generator)
  }
}
