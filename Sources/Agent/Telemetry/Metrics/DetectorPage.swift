import Model

/// The page `/metrics` of a detector (docs/formats/metrics.md), in the order of its table.
public struct DetectorPage: Sendable {
  public let families: [MetricFamily]

  public init(_ snapshot: DetectorSnapshot) {
    families = MetricTable.ofDetector.map { Self.family($0, of: snapshot) }
  }

  public func written(as format: MetricsFormat) -> String {
    var output = ExpositionText(format)
    for family in families { output.append(family) }
    output.end()
    return output.text
  }

  private static func family(_ metric: Metric, of snapshot: DetectorSnapshot) -> MetricFamily {
    var family = MetricFamily(metric)
    let isKnown =
      MetricsPage.addOfProgram(metric, snapshot.program, to: &family)
      || MetricsPage.addOfAlerts(metric, snapshot.alerts, to: &family) || addOfPath(metric, snapshot, to: &family)
      || addOfFleet(metric, snapshot, to: &family)
    precondition(isKnown, "BUG: nothing says what \(metric.name) is")
    return family
  }

  private static func addOfPath(_ metric: Metric, _ snapshot: DetectorSnapshot, to family: inout MetricFamily) -> Bool {
    let path = snapshot.path
    let checkURL = PublicURL(path.checkURL).description
    let writeURL = PublicURL(snapshot.writeURL).description
    let labels = [AgentConfiguration.centralDestination, writeURL]
    switch metric {
    case .partitionState:
      for state in PartitionState.allCases { family.add(labels + [state.rawValue], .flag(state == path.state)) }
    case .partitionTransitions: family.add(labels, path.transitions)
    case .checks: family.add([checkURL], path.checks)
    case .checkFailuresInARow: family.add([checkURL], .count(path.checkFailuresInARow))
    case .writeChecks: family.add([writeURL], snapshot.writeChecks)
    default: return false
    }
    return true
  }

  private static func addOfFleet(_ metric: Metric, _ snapshot: DetectorSnapshot, to family: inout MetricFamily) -> Bool
  {
    switch metric {
    case .fleetAgents: family.add([], snapshot.agents)
    case .fleetAgentsOmitted: family.add([], .size(snapshot.omittedAgents))
    case .fleetPolls: family.add([], snapshot.polls)
    case .fleetLookups: family.add([], snapshot.lookups)
    case .fleetQueued: family.add([], .count(snapshot.queuedSamples))
    case .fleetOldest: family.add([], .milliseconds(snapshot.oldestUnsentAge))
    case .fleetSyncRequests: family.add([], snapshot.syncRequests)
    case .fleetEvents: family.add([], .count(snapshot.eventsWritten))
    case .fleetEventsOmitted: family.add([], .count(snapshot.eventsOmitted))
    case .fleetReports: family.add([], snapshot.reports)
    default: return false
    }
    return true
  }
}
