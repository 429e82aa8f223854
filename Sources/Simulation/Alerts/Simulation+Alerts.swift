import Agent
import Model

/// The agents' alerts: conditions, waits and messages are the agent's own code. The Alertmanager is on the nodes' side of every
/// fault and takes each message at once.
extension Simulation {
  private static let alertmanager = "http://alertmanager.simulated:9093"
  private static let centreURLs = (write: "http://centre.simulated/api/v1/write", health: "http://centre.simulated")

  func startAlerts(_ node: SimulatedNode, _ moment: Moment) {
    guard options.raisesAlerts else { return }
    // Whatever the model says of Alertmanagers: what fires is asked here, not who hears of it.
    let model = options.model.setting(Settings.alertmanagers.info.path, to: .text(Self.alertmanager))
    let origin = LocalAlerts.Origin(
      cluster: "simulated",
      node: node.settings.configuration.node,
      instance: node.settings.configuration.node + ":9090",
      component: "agent",
      contact: ""
    )
    node.alerts = LocalAlerts(origin, model, now: moment)
    node.alertWake = moment.monotonic
    node.started = moment
    node.firing = Tally()
  }

  /// Lets the alerts look at the queue, where that is due, and notes which begin to fire and which end.
  func readAlerts(_ node: SimulatedNode) {
    let moment = moment(node)
    guard moment.monotonic >= node.alertWake, let core = node.core, var alerts = node.alerts else { return }
    let posts = alerts.step(now: moment) { readings(node, core, moment) }
    for post in posts { _ = alerts.finish(lane: post.lane, status: 200, now: moment) }
    if !posts.isEmpty { noteFiring(alerts.snapshot.firing, node) }
    node.alerts = alerts
    node.alertWake = alerts.nextWake
  }

  /// The queue as it would be with as many samples as the real one has.
  private func readings(_ node: SimulatedNode, _ core: AgentCore, _ moment: Moment) -> LocalAlerts.Readings {
    let program = ProgramSnapshot(version: "", environment: "", cluster: "", node: "", started: node.started)
    let urls = core.destinations.map { _ in Self.centreURLs }
    var readings = LocalAlerts.Readings()
    for queue in core.snapshot(program, urls: urls, now: moment).queues {
      var reading = QueueReading(queue)
      reading.attemptedSamples = options.scale.real(reading.attemptedSamples)
      reading.retriedSamples = options.scale.real(reading.retriedSamples)
      reading.pendingSamples = options.scale.real(reading.pendingSamples)
      reading.queuedSamples = options.scale.real(reading.queuedSamples)
      reading.lostSamples = options.scale.real(reading.lostSamples)
      reading.refusedSamples = options.scale.real(reading.refusedSamples)
      readings.queues.append(reading)
    }
    return readings
  }

  func noteFiring(_ firing: Tally<LocalAlert>, _ node: SimulatedNode) {
    for alert in LocalAlert.allCases where alert != .watchdog && (firing[alert] > 0) != (node.firing[alert] > 0) {
      node.alertChanges.append(AlertChange(time: now, alert: alert, isFiring: firing[alert] > 0))
    }
    node.firing = firing
  }
}
