import Agent
import Model
import Serving

/// What the server turned away, as far as the log knows of it.
struct ServerLimits {
  /// Since the start.
  let counts: @Sendable () -> ServerCounts
  fileprivate var reported: [LimitLabel: UInt64] = [:]
  /// When that was last looked at.
  fileprivate var seen = (server: ServerCounts(), refusals: UInt64(0))

  init(_ counts: @escaping @Sendable () -> ServerCounts) { self.counts = counts }
}

extension AgentEngine {
  /// The bounds of the server and of what waits for the engine, and how often each was reached since the start.
  var serverLimits: [(LimitLabel, UInt64)] {
    let counts = limits.counts()
    return [
      (.bodySize, counts.tooLargeBodies), (.headerSize, counts.tooLargeHeaders),
      (.connections, counts.refusedConnections),
      (.requestTime, counts.slowRequests + counts.slowReaders), (.memory, intake.refusals),
    ]
  }

  /// Says in the log which bounds were reached since it was last called. The log holds repeats back.
  func reportLimits() {
    var now = (server: limits.counts(), refusals: intake.refusals)
    // Requests that were let in reach no bound.
    now.server.requests = 0
    guard now != limits.seen else { return }
    limits.seen = now
    for (limit, count) in serverLimits where count > limits.reported[limit] ?? 0 {
      limits.reported[limit] = count
      log(
        .warning,
        .server,
        limit.message,
        [LogLine.Field("limit", limit.rawValue), LogLine.Field("hits", "\(count)")]
      )
    }
  }
}

extension LimitLabel {
  /// For a request that was turned away.
  fileprivate var message: String {
    switch self {
    case .bodySize: "a request's body was too large, it was answered with 413"
    case .headerSize: "a request's headers were too large, it was answered with 431"
    case .connections: "a connection too many was turned away"
    case .requestTime: "a client took too long to send its request or to read its answer"
    default: "requests wait for the disk, one too many was answered with 503"
    }
  }
}
