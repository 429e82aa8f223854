public import Model

/// What became of every sample of one queue: `collected = delivered + rejected + dropped + queued`.
///
/// The books hold sums; how delivered and queued samples part into lanes is known since the start only. The parts are cut to fit
/// their sums, so the equation holds on the page whatever the caller counted.
public struct LedgerSnapshot: Hashable, Sendable {
  public let collected: UInt64
  public let delivered: Tally<DeliveryLabel>
  public let rejected: Tally<RejectionLabel>
  public let dropped: Tally<DropLabel>
  public let queued: Tally<LaneLabel>

  /// - Parameters:
  ///   - rejected: by the sender's reason, as the books have it.
  ///   - dropped: by the spool's reason (docs/formats/spool.md, 7).
  ///   - deliveredLive: since the start, by the live lane.
  ///   - deliveredBacklog: since the start, by the backlog lane.
  ///   - queuedBacklog: of `queued`, what the backlog lane has to send.
  public init(
    collected: UInt64,
    delivered: UInt64,
    rejected: [String: UInt64],
    dropped: [String: UInt64],
    queued: UInt64,
    deliveredLive: UInt64,
    deliveredBacklog: UInt64,
    queuedBacklog: UInt64
  ) {
    self.collected = collected
    let live = min(deliveredLive, delivered)
    let backlog = min(deliveredBacklog, delivered - live)
    var deliveredByLane = Tally<DeliveryLabel>()
    deliveredByLane[.live] = live
    deliveredByLane[.backlog] = backlog
    deliveredByLane[.earlier] = delivered - live - backlog
    self.delivered = deliveredByLane
    self.rejected = Tally(rejected, other: .other, named: RejectionLabel.init(rawValue:))
    self.dropped = Tally(dropped, other: .other, named: DropLabel.init(spoolReason:))
    var queuedByLane = Tally<LaneLabel>()
    queuedByLane[.backlog] = min(queuedBacklog, queued)
    queuedByLane[.live] = queued - queuedByLane[.backlog]
    self.queued = queuedByLane
  }

  public var isBalanced: Bool {
    collected == delivered.total + rejected.total + dropped.total + queued.total
  }
}

extension DropLabel {
  /// The spool's words for its drops.
  init?(spoolReason: String) {
    switch spoolReason {
    case "cap", "full": self = .diskFull
    case "age": self = .tooOld
    case "damaged": self = .corrupt
    case "io": self = .ioError
    default: return nil
    }
  }
}
