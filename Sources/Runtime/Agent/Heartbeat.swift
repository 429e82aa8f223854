import Agent
import Synchronization

/// Whether the engine still turns: what the liveness probe is answered by, without asking the engine.
final class Heartbeat: Sendable {
  /// An engine that waits so long for its disk is better started anew.
  private static let silenceMaxMilliseconds: Int64 = 300_000

  private let last: Atomic<Int64>

  init(_ now: Moment) { last = Atomic(now.monotonic) }

  func beat(_ now: Moment) { last.store(now.monotonic, ordering: .relaxed) }

  func isAlive(_ now: Moment) -> Bool { now.monotonic - last.load(ordering: .relaxed) < Self.silenceMaxMilliseconds }
}
