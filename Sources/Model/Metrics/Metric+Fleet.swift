/// `rescfg_detector_…`: what the detector alone knows, of its own checks and of all agents.
extension Metric {
  public static let writeChecks = ofDetector(
    "write_checks_total",
    .counter,
    "Write requests without samples that tried the centre's write path, by what became of them",
    labels: ["url", "result"]
  )
  public static let fleetAgents = ofDetector(
    "agents",
    .gauge,
    "Agents by the state of their path to the centre, as they last said",
    labels: ["state"]
  )
  public static let fleetAgentsOmitted = ofDetector(
    "agents_omitted",
    .gauge,
    "Agents that are not asked, as there are more than the detector's bound"
  )
  public static let fleetPolls = ofDetector(
    "agent_polls_total",
    .counter,
    "Times an agent was asked for its state, by result",
    labels: ["result"]
  )
  public static let fleetLookups = ofDetector(
    "lookups_total",
    .counter,
    "Look-ups of the agents' addresses, by result",
    labels: ["result"]
  )
  public static let fleetQueued = ofDetector(
    "agents_queued_samples",
    .gauge,
    "Samples that wait on the disks of all agents, as they last said"
  )
  public static let fleetOldest = ofDetector(
    "agents_oldest_unsent_seconds",
    .gauge,
    "Age of the oldest sample that waits on any agent's disk, as they last said"
  )
  public static let fleetSyncRequests = ofDetector(
    "sync_requests_total",
    .counter,
    "Times an agent was asked to look for gaps after a partition, by result",
    labels: ["result"]
  )
  public static let fleetEvents = ofDetector("events_total", .counter, "Lines written to the event log")
  public static let fleetEventsOmitted = ofDetector(
    "events_omitted_total",
    .counter,
    "Events that could not be written to the event log; they are on standard output"
  )
  public static let fleetReports = ofDetector(
    "kubernetes_reports_total",
    .counter,
    "Events and states told to the cluster's API server, by result",
    labels: ["result"]
  )

  private static func ofDetector(_ name: String, _ kind: Kind, _ help: String, labels: [String] = []) -> Metric {
    own("detector_\(name)", kind, help, labels: labels, from: .detectorAlone)
  }

  static let fleet: [Metric] = [
    writeChecks, fleetAgents, fleetAgentsOmitted, fleetPolls, fleetLookups, fleetQueued, fleetOldest,
    fleetSyncRequests, fleetEvents, fleetEventsOmitted, fleetReports,
  ]
}
