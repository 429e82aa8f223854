package import Model

/// One change of state of the path to the centre: one line of the event log (docs/formats/events.md).
package struct PartitionEvent: Hashable, Sendable {
  /// 1 for the first event since the program's start, then without gaps.
  package let sequence: UInt64
  /// Milliseconds since 1970.
  package let time: Int64
  package let from: PartitionState
  package let to: PartitionState
  /// How long the state that is left had lasted, in milliseconds of the monotonic clock.
  package let lasted: Int64
  package let evidence: TransitionEvidence

  /// The event as one JSON object on one line, with its line break. It names no URL and no series.
  package func line(for origin: EventOrigin) -> String {
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
package struct EventOrigin: Hashable, Sendable {
  package let cluster: String
  package let node: String
  /// The destination's name in the model.
  package let remoteName: String
  /// The detector that watches, where it is no agent: its pod.
  package let detector: String?

  package init(cluster: String, node: String, remoteName: String, detector: String? = nil) {
    self.cluster = cluster
    self.node = node
    self.remoteName = remoteName
    self.detector = detector
  }
}

/// What moved the state.
package enum TransitionCause: String, Hashable, Sendable {
  case checkFailed = "check_failed"
  /// The check was answered well, and every write since the one before failed.
  case writesFailed = "writes_failed"
  case pathWorks = "path_works"
}

/// What was known when the state changed.
package struct TransitionEvidence: Hashable, Sendable {
  package let cause: TransitionCause
  /// Rounds in a row that were bad, this one included.
  package let badRounds: Int
  /// Rounds in a row that were good, this one included.
  package let goodRounds: Int
  /// What the check of this round said.
  package let checkFailure: CheckFailure?
  /// Of this round.
  package let sendFailures: UInt64
  package let lastSendFailure: WriteFailure?
  /// Samples, of this round.
  package let acknowledgedSamples: UInt64

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
