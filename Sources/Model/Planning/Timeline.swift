/// A partition of a plan as lines over time: what waits, how old the newest sample at the centre is, and the disk. It begins at 0.
public struct Timeline: Sendable {
  public typealias Points = [(seconds: Double, value: Double)]

  /// Samples of one node that wait.
  public let backlog: Points
  /// Seconds.
  public let freshness: Points
  /// Bytes of one node's disk.
  public let disk: Points
  /// Of it, what waits; empty where the collector's log doesn't tell.
  public let unsent: Points
  /// What fires, in the order of time.
  public let events: [(name: String, seconds: Double)]

  public init(_ plan: Plan) {
    let model = plan.configuration
    let outage = plan.outage
    let resumed = outage + model.resumeSeconds(nodes: plan.nodes)
    let drain = model.drainSeconds(after: min(outage, plan.survives))
    // A backlog that takes longer than the partition, or for ever, is shown as far as it says something.
    let shown = min(drain, outage * 2)
    let end = resumed + shown + max(outage, shown) * 0.1
    let usual = model[Settings.scrapeInterval].seconds
    let rate = model.samplesPerSecond
    let full = min(outage, plan.survives)
    let top = rate * full
    let rest = drain > shown ? top * (1 - shown / drain) : 0
    let backlog: Points = [(0, 0), (full, top), (outage, top), (resumed, top), (resumed + shown, rest), (end, rest)]
    self.backlog = backlog
    freshness =
      model.sendsFreshFirst
      ? [(0, usual), (resumed, usual + resumed), (resumed, usual), (end, usual)]
      : [
        (0, usual), (resumed, usual + resumed),
        (resumed + shown, drain.isFinite && shown == drain ? usual : usual + resumed),
        (end, usual),
      ]
    if model[Settings.collector].hasDurableQueue {
      disk = [(0, model.keptBytes), (end, model.keptBytes)]
      unsent = backlog.map { ($0.seconds, $0.value * model[Settings.diskBytesPerSample]) }
    } else {
      disk = [(0, model.logBytes), (end, model.logBytes)]
      unsent = []
    }
    let moments = [
      ("partition declared", Double(model.detectionMilliseconds) / 1000),
      ("AgentSilent fires at the centre", model[Settings.silentNodeFor].seconds),
      ("RemoteWriteQueueFull", model[Settings.queueAge].seconds),
      ("samples are lost from here", plan.holds ? .infinity : plan.survives),
    ]
    events = moments.filter { $0.1 <= outage }.sorted { $0.1 < $1.1 }.map { (name: $0.0, seconds: $0.1) }
  }
}
