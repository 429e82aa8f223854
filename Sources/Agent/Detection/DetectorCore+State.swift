import Model

extension DetectorCore {
  /// How everything is, for the ConfigMap and `/api/v1/status`.
  public func state(now: Moment) -> ClusterState {
    let order: [AgentStateLabel] = [.partitioned, .unreachable, .suspect, .recovering]
    var listed: [WatchedAgent] = []
    for state in order { listed += fleet.agents(in: state) }
    return ClusterState(
      time: now.wall,
      cluster: configuration.cluster,
      environment: configuration.environment,
      detector: identity.name,
      node: identity.node,
      state: centre.detector.state,
      since: centre.detector.since.wall,
      agents: fleet.counts,
      queuedSamples: fleet.queuedSamples,
      oldestUnsentAge: fleet.oldestUnsentAge,
      listed: listed.prefix(ClusterState.listedCountMax).map { agent in
        ClusterState.Listed(
          node: agent.node,
          address: agent.address.description,
          state: agent.state,
          since: agent.since.wall,
          queuedSamples: agent.report?.queuedSamples ?? 0
        )
      },
      omittedCount: max(0, listed.count - ClusterState.listedCountMax)
    )
  }

  /// What the page `/metrics` shows; the loop adds what it knows of the program and of the event log.
  public func snapshot(_ program: ProgramSnapshot, urls: (write: String, health: String), now: Moment)
    -> DetectorSnapshot
  {
    DetectorSnapshot(
      program: program,
      writeURL: urls.write,
      path: centre.detector.snapshot(checkURL: urls.health),
      writeChecks: centre.writeChecks,
      agents: fleet.counts,
      omittedAgents: fleet.omittedCount,
      polls: fleet.polls,
      lookups: fleet.lookups,
      queuedSamples: fleet.queuedSamples,
      oldestUnsentAge: fleet.oldestUnsentAge,
      syncRequests: syncResults,
      reports: reportResults
    )
  }

  /// What a detector raises alerts from: its own path, and the agents that don't answer it.
  public func readings(writeURL: String, now: Moment) -> LocalAlerts.Readings {
    var path = QueueReading(name: AgentConfiguration.centralDestination, url: writeURL)
    path.state = centre.detector.state
    path.highestSent = now.wall
    var readings = LocalAlerts.Readings()
    readings.queues = [path]
    readings.silences = fleet.agents(in: .unreachable).filter { !$0.node.isEmpty }.map { agent in
      LocalAlerts.Silence(node: agent.node, lasted: max(0, now.monotonic - agent.since.monotonic))
    }
    return readings
  }
}
