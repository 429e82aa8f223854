/// Kinds of trouble that have a name, so that nobody has to write a schedule for them.
public enum FaultPattern: String, CaseIterable, Sendable {
  /// The whole fleet is cut off once.
  case single
  /// The way comes and goes: two minutes away, two minutes there.
  case flapping
  /// One node after the other is cut off, a quarter of the time each.
  case perNode = "per-node"
  /// The centre answers a part of the requests with 503 and a part with 429.
  case brownOut = "brown-out"
  /// The centre is away and has forgotten its last ten minutes when it is back.
  case centralRestart = "central-restart"
  /// The whole fleet is cut off, and meanwhile each agent is killed once and every fourth node loses power.
  case nodeRestarts = "node-restarts"

  /// The faults, from `start` on and over within `duration`; both in milliseconds.
  /// - Parameter nodeCount: of the simulated nodes.
  public func faults(at start: Int64, for duration: Int64, nodeCount: Int) -> [Fault] {
    switch self {
    case .single: return [Fault(.partition(.silent), at: start, for: duration)]
    case .flapping:
      let period: Int64 = 240_000
      return stride(from: 0 as Int64, to: duration, by: Int(period)).map {
        Fault(.partition(.refused), at: start + $0, for: min(period / 2, duration - $0))
      }
    case .perNode:
      let length = max(duration / 4, 1)
      return (0..<nodeCount).map { node in
        let shift = (duration - length) * Int64(node) / Int64(max(nodeCount - 1, 1))
        return Fault(.partition(.silent), at: start + shift, for: length, .one(node))
      }
    case .brownOut:
      return [
        Fault(.brownOut(share: 0.4, status: 503, retryAfterSeconds: nil), at: start, for: duration),
        Fault(.brownOut(share: 0.4, status: 429, retryAfterSeconds: 30), at: start, for: duration),
      ]
    case .centralRestart: return [Fault(.centreRestart(forgets: 600_000), at: start, for: duration)]
    case .nodeRestarts:
      return [Fault(.partition(.silent), at: start, for: duration)]
        + (0..<nodeCount).map { node in
          let shift = duration * Int64(node + 1) / Int64(nodeCount + 1)
          return Fault(node % 4 == 3 ? .powerCut : .kill, at: start + shift, for: 40_000, .one(node))
        }
    }
  }
}
