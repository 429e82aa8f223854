import JSON
import Model

/// The detector as one state machine: it is told what was answered and what time it is, and says what to do.
///
///     health check, empty write ──► CentreWatch ──► events ──► log, Events, ConfigMap
///     DNS, agents' status ──► Fleet ──────────────► events ─┘        └──► recovery: POST /-/sync
///
/// With several replicas each is a detector of its own: they don't elect one. All that they write is either marked with who wrote it
/// (`detector` in events) or the same whoever writes it (the ConfigMap), and what they ask of agents may be asked twice.
public struct DetectorCore: Sendable {
  public private(set) var configuration: FleetConfiguration
  public let identity: DetectorIdentity
  private let names: [AgentName]
  /// Nothing outside of a cluster.
  private var reports: KubernetesReports?
  public private(set) var centre: CentreWatch
  public private(set) var fleet: Fleet
  private var syncRequests = SyncRequests()
  private var saidUnsupported = false
  private var outbox: [DetectorAction] = []

  /// - Parameter isInCluster: whether there is an API server to tell.
  public init(
    _ configuration: FleetConfiguration,
    _ identity: DetectorIdentity,
    agents names: [AgentName],
    isInCluster: Bool,
    now: Moment
  ) {
    self.configuration = configuration
    self.identity = identity
    self.names = names
    centre = CentreWatch(configuration.detection, now: now)
    fleet = Fleet(configuration.detection, now: now)
    reports = isInCluster ? KubernetesReports(now: now) : nil
  }

  var syncResults: Tally<SyncRequestLabel> { syncRequests.results }
  var reportResults: Tally<ReportLabel> { reports?.results ?? Tally() }

  /// When `step` should be called at the latest, in monotonic milliseconds.
  public var nextWake: Int64 {
    min(centre.nextWake, fleet.nextWake, reports?.nextWake ?? .max, syncRequests.nextWake ?? .max)
  }

  /// Does what is due, and says what to do. To be called after anything was told, and at `nextWake`.
  public mutating func step(now: Moment) -> [DetectorAction] {
    let wake = centre.wake(now: now)
    take(wake.events, now: now)
    if let number = wake.check { outbox += [.checkHealth(number: number), .checkWrite(number: number)] }
    let room = Fleet.Bounds.concurrentMax - syncRequests.underWay.count
    outbox += syncRequests.step(now: now, room: room).map { .requestSync($0) }
    let step = fleet.step(now: now, otherRequests: syncRequests.underWay.count)
    if step.looksUp { outbox.append(.lookUp(names)) }
    outbox += step.polls.map { .poll($0) }
    report(now: now)
    defer { outbox = [] }
    return outbox
  }

  private mutating func report(now: Moment) {
    guard var reports else { return }
    switch reports.step({ state(now: now) }, now: now) {
    case .event(let body)?: outbox.append(.reportEvent(body: body))
    case .state(let patch)?: outbox.append(.reportState(patch: patch))
    case nil: break
    }
    self.reports = reports
  }

  /// Takes a new model. States stay as they are.
  public mutating func reconfigure(_ new: FleetConfiguration) {
    configuration = new
    centre.reconfigure(new.detection)
    fleet.reconfigure(new.detection)
  }
}

extension DetectorCore {
  /// Takes the outcome of a health check: nothing where it was good.
  public mutating func finishHealthCheck(_ number: UInt64, failure: CheckFailure?, now: Moment) {
    take(centre.finishHealthCheck(number, failure: failure, now: now), now: now)
  }

  public mutating func finishWriteCheck(_ number: UInt64, _ result: SendResult, now: Moment) {
    take(centre.finishWriteCheck(number, result, now: now), now: now)
  }

  /// - Parameter failures: of names that were not resolved, for the log.
  public mutating func finishLookup(_ addresses: [AgentAddress], failures: [String], now: Moment) {
    for event in fleet.finishLookup(addresses, failedCount: failures.count, now: now) { take(event, now: now) }
    for failure in failures {
      log(.warning, "agents could not be looked up, the last known ones stay", [.init("err", failure)])
    }
  }

  /// Takes an agent's status; nothing where none came.
  public mutating func finishPoll(_ address: AgentAddress, body: [UInt8]?, now: Moment) {
    var report: AgentReport?
    if let body {
      do throws(JSONError) { report = try AgentReport(reading: body) } catch {
        log(.warning, "an agent answered with something else than its status", [.init("agent", address.description)])
      }
    }
    guard let event = fleet.finishPoll(address, report, now: now) else { return }
    take(event, now: now)
    let wasCutOff = event.from == .recovering || event.from == .partitioned
    if event.to == .connected, wasCutOff { syncRequests.add([address], now: now) }
  }

  /// Takes the status of the answer to `POST /-/sync`; nothing where none came.
  public mutating func finishSyncRequest(_ address: AgentAddress, status: Int?, now: Moment) {
    let result = syncRequests.finish(address, status: status, now: now)
    guard result == .unsupported, !saidUnsupported else { return }
    saidUnsupported = true
    log(.warning, "an agent of a release that can't be asked to look for gaps", [.init("agent", address.description)])
  }

  /// Takes the status of the API server's answer; nothing where none came.
  public mutating func finishReport(status: Int?, now: Moment) {
    if let words = reports?.finish(status: status, now: now) {
      log(.warning, words, status.map { [.init("status", String($0))] } ?? [])
    }
  }

  private mutating func take(_ events: [PartitionEvent], now: Moment) {
    for event in events {
      let origin = EventOrigin(
        cluster: configuration.cluster,
        node: identity.node,
        remoteName: AgentConfiguration.centralDestination,
        detector: identity.name
      )
      outbox.append(.event(line: event.line(for: origin)))
      tell(KubernetesEvent(event, node: identity.node), now: now)
      if event.from == .recovering, event.to == .connected { syncRequests.add(fleet.reachable, now: now) }
    }
  }

  private mutating func take(_ event: AgentEvent, now: Moment) {
    outbox.append(.event(line: event.line(cluster: configuration.cluster, detector: identity.name)))
    tell(KubernetesEvent(event), now: now)
  }

  private mutating func tell(_ event: KubernetesEvent, now: Moment) {
    guard reports != nil else { return }
    let state = state(now: now)
    reports?.add(event.body(namespace: configuration.namespace, detector: identity.name, node: identity.node))
    reports?.noteChange(state, now: now)
  }

  private mutating func log(_ level: LogLine.Level, _ message: String, _ fields: [LogLine.Field]) {
    outbox.append(.log(LogLine(level, .detector, message, fields)))
  }
}
