import Model

/// `/api/v1/ledger`: what became of every sample, for each queue (docs/formats/status.md). All numbers are whole and exact.
public struct LedgerDocument: Sendable {
  public let json: JSONValue

  public init(_ snapshot: AgentSnapshot) {
    json = .object(
      ("time", .string(Timestamp(milliseconds: snapshot.now.wall).description)),
      ("queues", .array(snapshot.queues.map(Self.queue)))
    )
  }

  private static func queue(_ queue: QueueSnapshot) -> JSONValue {
    let ledger = queue.ledger
    return .object(
      ("name", .string(queue.name)),
      ("url", .string(PublicURL(queue.url).description)),
      ("collected", .unsigned(ledger.collected)),
      ("delivered", .unsigned(ledger.delivered.total)),
      ("delivered_by_lane", .counts(ledger.delivered)),
      ("rejected", .unsigned(ledger.rejected.total)),
      ("rejected_by_reason", .counts(ledger.rejected)),
      ("dropped", .unsigned(ledger.dropped.total)),
      ("dropped_by_reason", .counts(ledger.dropped)),
      ("queued", .unsigned(ledger.queued.total)),
      ("queued_by_lane", .counts(ledger.queued)),
      ("balanced", .boolean(ledger.isBalanced)),
      ("dead_letters_written", .unsigned(queue.deadLettersWritten)),
      ("dead_letters_omitted", .unsigned(queue.deadLettersOmitted))
    )
  }
}

extension JSONValue {
  /// A count for each value of a label, those of 0 too.
  static func counts<Label: FixedLabel>(_ tally: Tally<Label>) -> JSONValue {
    .object(Label.allCases.map { JSONMember($0.rawValue, .unsigned(tally[$0])) })
  }

  /// A time as text; null where there is none.
  static func time(_ milliseconds: Int64?) -> JSONValue {
    .optional(milliseconds) { .string(Timestamp(milliseconds: $0).description) }
  }
}
