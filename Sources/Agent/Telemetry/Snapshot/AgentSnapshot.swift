package import Model

/// All that the agent says of itself at one moment: what `/metrics`, `/api/v1/status`, `/api/v1/ledger` and the page at `/` are
/// written from.
///
/// Plain values, copied by whoever owns the parts; nothing here computes or remembers.
package struct AgentSnapshot: Sendable {
  package var now: Moment
  package var program: ProgramSnapshot
  /// One for each destination, in the model's order; names differ.
  package var queues: [QueueSnapshot]
  package var spool: SpoolSnapshot
  package var scraper = ScraperSnapshot()
  package var receiver = ReceiverSnapshot()
  package var alerts = AlertsSnapshot()
  package var limitHits = Tally<LimitLabel>()
  /// Series in the table, of all inputs.
  package var seriesCount: Int = 0
  /// The rehearsal that cuts the path now.
  package var drill: PathDrill?

  package init(now: Moment, program: ProgramSnapshot, queues: [QueueSnapshot], spool: SpoolSnapshot) {
    self.now = now
    self.program = program
    self.queues = queues
    self.spool = spool
  }
}
