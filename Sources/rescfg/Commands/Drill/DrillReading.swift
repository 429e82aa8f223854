import JSON
import Transport

/// What the agent says at one moment of a drill.
struct DrillReading {
  /// By the agent's clock: RFC 3339 in UTC, with milliseconds.
  let time: String
  /// Of its worst path.
  let state: String
  let collected: UInt64
  let queued: UInt64
  let backlog: UInt64
  /// Refused or dropped.
  let lost: UInt64
  let isBalanced: Bool
  let isAlertFiring: Bool

  init?(status: [UInt8], ledger: [UInt8], metrics: [UInt8]) throws(JSONError) {
    let status = try JSONDocument(reading: status)
    let books = try JSONDocument(reading: ledger)
    guard case .array(let queues)? = status["queues"], case .array(let ledgers)? = books["queues"] else { return nil }
    time = status["time"]?.text ?? ""
    let order = ["connected", "recovering", "suspect", "partitioned"]
    let states = queues.compactMap { $0["path"]?["state"]?.text }.map { order.firstIndex(of: $0) ?? 0 }
    state = order[states.max() ?? 0]
    func sum(_ value: (JSONDocument) -> JSONDocument?) -> UInt64 {
      ledgers.reduce(0) { sum, books in sum &+ (value(books)?.count ?? 0) }
    }
    collected = sum { $0["collected"] }
    queued = sum { $0["queued"] }
    backlog = sum { $0["queued_by_lane"]?["backlog"] }
    lost = sum { $0["rejected"] } &+ sum { $0["dropped"] }
    isBalanced = ledgers.allSatisfy { $0["balanced"] == .boolean(true) }
    let text = String(decoding: metrics, as: UTF8.self)
    isAlertFiring = text.split(separator: "\n").contains {
      $0.hasPrefix("rescfg_alerts_firing{alertname=\"NetworkPartitionDetected\"}") && !$0.hasSuffix(" 0")
    }
  }
}

extension JSONDocument {
  fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }
  fileprivate var count: UInt64? { if case .number(let text) = self { UInt64(text) } else { nil } }
}
