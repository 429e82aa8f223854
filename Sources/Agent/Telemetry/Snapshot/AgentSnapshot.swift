public import Model

/// All that the agent says of itself at one moment: what `/metrics`, `/api/v1/status`, `/api/v1/ledger` and the page at `/` are
/// written from.
///
/// Plain values, copied by whoever owns the parts; nothing here computes or remembers.
public struct AgentSnapshot: Sendable {
  public var now: Moment
  public var program: ProgramSnapshot
  /// One for each destination, in the model's order; names differ.
  public var queues: [QueueSnapshot]
  public var spool: SpoolSnapshot
  public var scraper = ScraperSnapshot()
  public var receiver = ReceiverSnapshot()
  public var alerts = AlertsSnapshot()
  public var limitHits = Tally<LimitLabel>()
  /// Series in the table, of all inputs.
  public var seriesCount: Int = 0
  /// The rehearsal that cuts the path now.
  public var drill: PathDrill?

  public init(now: Moment, program: ProgramSnapshot, queues: [QueueSnapshot], spool: SpoolSnapshot) {
    self.now = now
    self.program = program
    self.queues = queues
    self.spool = spool
  }
}
