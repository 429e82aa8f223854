public import Model

/// One change of an agent's state as the detector sees it: a line of its event log (docs/formats/events.md).
public struct AgentEvent: Hashable, Sendable {
  /// 1 for the first event of this agent since it came to be listed, then without gaps.
  public let sequence: UInt64
  /// Milliseconds since 1970, by the detector's clock.
  public let time: Int64
  /// Empty where it never said.
  public let node: String
  public let remoteName: String
  public let address: AgentAddress
  public let from: AgentStateLabel
  /// Nothing where its address is not listed any more.
  public let to: AgentStateLabel?
  /// How long the state that is left was seen, in milliseconds of the monotonic clock.
  public let lasted: Int64
  public let cause: Cause
  public let queuedSamples: UInt64
  /// In milliseconds; nothing where all is sent.
  public let oldestUnsentAge: Int64?

  /// What moved the state.
  public enum Cause: String, Hashable, Sendable {
    /// The agent says so itself.
    case reported
    /// It did not answer.
    case unanswered
    /// Its address is not listed any more.
    case notListed = "not_listed"
  }

  /// The event as one JSON object on one line, with its line break.
  public func line(cluster: String, detector: String) -> String {
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
