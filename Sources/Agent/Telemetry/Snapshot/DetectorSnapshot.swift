package import Model

/// A detector at one moment, for `/metrics`.
package struct DetectorSnapshot: Sendable {
  package var program: ProgramSnapshot
  /// Secrets may be in it, no output shows them.
  package var writeURL: String
  package var path: PathSnapshot
  package var writeChecks: Tally<RequestLabel>
  package var agents: Tally<AgentStateLabel>
  package var omittedAgents: Int
  package var polls: Tally<ResultLabel>
  package var lookups: Tally<ResultLabel>
  package var queuedSamples: UInt64
  /// In milliseconds.
  package var oldestUnsentAge: Int64
  package var syncRequests: Tally<SyncRequestLabel>
  package var reports: Tally<ReportLabel>
  package var alerts = AlertsSnapshot()
  /// Lines of the event log.
  package var eventsWritten: UInt64 = 0
  package var eventsOmitted: UInt64 = 0
}
