public import Model

/// A detector at one moment, for `/metrics`.
public struct DetectorSnapshot: Sendable {
  public var program: ProgramSnapshot
  /// Secrets may be in it, no output shows them.
  public var writeURL: String
  public var path: PathSnapshot
  public var writeChecks: Tally<RequestLabel>
  public var agents: Tally<AgentStateLabel>
  public var omittedAgents: Int
  public var polls: Tally<ResultLabel>
  public var lookups: Tally<ResultLabel>
  public var queuedSamples: UInt64
  /// In milliseconds.
  public var oldestUnsentAge: Int64
  public var syncRequests: Tally<SyncRequestLabel>
  public var reports: Tally<ReportLabel>
  public var alerts = AlertsSnapshot()
  /// Lines of the event log.
  public var eventsWritten: UInt64 = 0
  public var eventsOmitted: UInt64 = 0
}
