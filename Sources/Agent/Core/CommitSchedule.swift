public import Model

/// When what was appended goes to the file, and when the disk is waited for (`queue.durability`, `queue.fsync_interval`).
///
/// Appends that arrive together are committed together. Under `always` each commit waits for the disk; under `interval`
/// commits only write, and one in `fsyncIntervalMilliseconds` waits.
public struct CommitSchedule: Sendable {
  public enum Step: Hashable, Sendable { case write, synchronize }

  private static let pauseMinMilliseconds: Int64 = 1000
  private static let pauseMaxMilliseconds: Int64 = 8000

  private var durability: Durability
  private var fsyncIntervalMilliseconds: Int64
  /// Whether something was appended since the last commit.
  private var hasUnwritten = false
  /// Monotonic; when the oldest sample that isn't durable was appended.
  private var unsyncedSince: Int64?
  /// Monotonic; after a failure the disk is left alone until then.
  private var notBefore = Int64.min
  /// After the next failure.
  private var pauseMilliseconds = Self.pauseMinMilliseconds

  public init(_ durability: Durability, fsyncIntervalMilliseconds: Int64) {
    self.durability = durability
    self.fsyncIntervalMilliseconds = fsyncIntervalMilliseconds
  }

  /// Takes what a new model says.
  public mutating func reconfigure(_ durability: Durability, fsyncIntervalMilliseconds: Int64) {
    self.durability = durability
    self.fsyncIntervalMilliseconds = fsyncIntervalMilliseconds
  }

  public mutating func noteAppended(now: Moment) {
    hasUnwritten = true
    unsyncedSince = unsyncedSince ?? now.monotonic
  }

  /// What is due now. Says so again until it is told that it was done.
  public func due(now: Moment) -> Step? {
    guard let unsyncedSince, now.monotonic >= notBefore else { return nil }
    if durability == .always || now.monotonic - unsyncedSince >= fsyncIntervalMilliseconds { return .synchronize }
    return hasUnwritten ? .write : nil
  }

  public mutating func noteDone(_ step: Step) {
    hasUnwritten = false
    pauseMilliseconds = Self.pauseMinMilliseconds
    if step == .synchronize { unsyncedSince = nil }
  }

  /// The disk took nothing: to be tried again after a while, with what has come until then. Each try writes a segment from its beginning, so
  /// a disk that goes on failing is asked less and less often.
  public mutating func noteFailed(now: Moment) {
    notBefore = now.monotonic + pauseMilliseconds
    pauseMilliseconds = min(pauseMilliseconds * 2, Self.pauseMaxMilliseconds)
  }

  /// Monotonic milliseconds.
  public var nextWake: Int64? {
    guard let unsyncedSince else { return nil }
    let isAtOnce = hasUnwritten || durability == .always
    return max(isAtOnce ? unsyncedSince : unsyncedSince + fsyncIntervalMilliseconds, notBefore)
  }

  /// How long the oldest sample that a power cut would take has been waiting; 0 where there is none.
  public func unsyncedMilliseconds(now: Moment) -> Int64 { unsyncedSince.map { now.monotonic - $0 } ?? 0 }
}
