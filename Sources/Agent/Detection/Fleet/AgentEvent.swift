package import Model

/// One change of an agent's state as the detector sees it: a line of its event log (docs/formats/events.md).
package struct AgentEvent: Hashable, Sendable {
  /// 1 for the first event of this agent since it came to be listed, then without gaps.
  package let sequence: UInt64
  /// Milliseconds since 1970, by the detector's clock.
  package let time: Int64
  /// Empty where it never said.
  package let node: String
  package let remoteName: String
  package let address: AgentAddress
  package let from: AgentStateLabel
  /// Nothing where its address is not listed any more.
  package let to: AgentStateLabel?
  /// How long the state that is left was seen, in milliseconds of the monotonic clock.
  package let lasted: Int64
  package let cause: Cause
  package let queuedSamples: UInt64
  /// In milliseconds; nothing where all is sent.
  package let oldestUnsentAge: Int64?

  /// What moved the state.
  package enum Cause: String, Hashable, Sendable {
    /// The agent says so itself.
    case reported
    /// It did not answer.
    case unanswered
    /// Its address is not listed any more.
    case notListed = "not_listed"
  }

  /// The event as one JSON object on one line, with its line break.
  package func line(cluster: String, detector: String) -> String {
    JSONValue.object(
      ("time", .string(Timestamp(milliseconds: time).description)),
      ("sequence", .unsigned(sequence)),
      ("detector", .string(detector)),
      ("watched", .string("agent")),
      ("cluster", .string(cluster)),
      ("node", .string(node)),
      ("address", .string(address.description)),
      ("remote_name", .string(remoteName)),
      ("from", .string(from.rawValue)),
      ("to", .string(to?.rawValue ?? "gone")),
      ("lasted_milliseconds", .integer(lasted)),
      (
        "evidence",
        .object(
          ("cause", .string(cause.rawValue)),
          ("queued_samples", .unsigned(queuedSamples)),
          ("oldest_unsent_age_seconds", .optional(oldestUnsentAge) { .thousandths($0) })
        )
      )
    ).compact + "\n"
  }
}
