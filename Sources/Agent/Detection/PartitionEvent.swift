public import Model

/// One change of state of the path to the centre: one line of the event log (docs/formats/events.md).
public struct PartitionEvent: Hashable, Sendable {
  /// 1 for the first event since the program's start, then without gaps.
  public let sequence: UInt64
  /// Milliseconds since 1970.
  public let time: Int64
  public let from: PartitionState
  public let to: PartitionState
  /// How long the state that is left had lasted, in milliseconds of the monotonic clock.
  public let lasted: Int64
  public let evidence: TransitionEvidence

  /// The event as one JSON object on one line, with its line break. It names no URL and no series.
  public func line(for origin: EventOrigin) -> String {
    var members = [
      JSONMember("time", .string(Timestamp(milliseconds: time).description)),
      JSONMember("sequence", .unsigned(sequence)),
    ]
    if let detector = origin.detector {
      members += [JSONMember("detector", .string(detector)), JSONMember("watched", .string("centre"))]
    }
    members += [
      JSONMember("cluster", .string(origin.cluster)),
      JSONMember("node", .string(origin.node)),
      JSONMember("remote_name", .string(origin.remoteName)),
      JSONMember("from", .string(from.rawValue)),
      JSONMember("to", .string(to.rawValue)),
      JSONMember("lasted_milliseconds", .integer(lasted)),
      JSONMember("evidence", evidence.json),
    ]
    return JSONValue.object(members).compact + "\n"
  }
}

/// Whose events they are.
public struct EventOrigin: Hashable, Sendable {
  public let cluster: String
  public let node: String
  /// The destination's name in the model.
  public let remoteName: String
  /// The detector that watches, where it is no agent: its pod.
  public let detector: String?

  public init(cluster: String, node: String, remoteName: String, detector: String? = nil) {
    self.cluster = cluster
    self.node = node
    self.remoteName = remoteName
    self.detector = detector
  }
}

/// What moved the state.
public enum TransitionCause: String, Hashable, Sendable {
  case checkFailed = "check_failed"
  /// The check was answered well, and every write since the one before failed.
  case writesFailed = "writes_failed"
  case pathWorks = "path_works"
}

/// What was known when the state changed.
public struct TransitionEvidence: Hashable, Sendable {
  public let cause: TransitionCause
  /// Rounds in a row that were bad, this one included.
  public let badRounds: Int
  /// Rounds in a row that were good, this one included.
  public let goodRounds: Int
  /// What the check of this round said.
  public let checkFailure: CheckFailure?
  /// Of this round.
  public let sendFailures: UInt64
  public let lastSendFailure: WriteFailure?
  /// Samples, of this round.
  public let acknowledgedSamples: UInt64

  var json: JSONValue {
    .object(
      ("cause", .string(cause.rawValue)),
      ("failures_in_a_row", .integer(Int64(badRounds))),
      ("successes_in_a_row", .integer(Int64(goodRounds))),
      ("check", .string(checkFailure?.rawValue ?? "success")),
      ("send_failures", .unsigned(sendFailures)),
      ("last_send_failure", .optional(lastSendFailure) { .string($0.rawValue) }),
      ("acknowledged_samples", .unsigned(acknowledgedSamples))
    )
  }
}
