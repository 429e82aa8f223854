import Agent
import Model
import Serving
import StatusPage

extension AgentEngine {
  /// The answer to a request that only looks.
  func answer(to route: ServiceRoute, _ request: ServerRequest, _ now: Moment) -> ServerAnswer {
    switch route {
    case .metrics:
      let format = MetricsFormat(accept: request.header("accept") ?? "")
      return page(MetricsPage(snapshot(now)).written(as: format), format.contentType)
    case .status: return page(StatusDocument(snapshot(now)).json.compact + "\n", "application/json")
    case .ledger: return page(LedgerDocument(snapshot(now)).json.compact + "\n", "application/json")
    case .gaps: return page(GapsDocument(snapshot(now)).json.compact + "\n", "application/json")
    case .index: return ServerAnswer(200, headers: StatusPage.headers, body: StatusPage(snapshot(now)).html)
    case .methodNotAllowed(let allowed):
      return ServerAnswer(405, headers: [(name: "allow", value: allowed)])
    case .healthy, .ready, .write, .reload, .drill, .sync, .query, .unknown: return .text(404, "not found")
    }
  }

  private func page(_ text: String, _ type: String) -> ServerAnswer {
    ServerAnswer(200, headers: [(name: "content-type", value: type)], body: Array(text.utf8))
  }

  func snapshot(_ now: Moment) -> AgentSnapshot {
    let configuration = core.configuration
    var program = ProgramSnapshot(
      version: options.version,
      environment: configuration.environment,
      cluster: configuration.cluster,
      node: configuration.node,
      started: started
    )
    program.isLastReloadGood = isLastReloadGood
    program.lastReload = lastReload.wall
    program.process = .read()
    return snapshot(program, now)
  }

  func snapshot(_ program: ProgramSnapshot, _ now: Moment) -> AgentSnapshot {
    var snapshot = core.snapshot(program, urls: targets.map { (write: $0.writeURL, health: $0.healthURL) }, now: now)
    for (limit, count) in serverLimits { snapshot.limitHits.add(count, to: limit) }
    snapshot.spool.syncDuration = disk.syncDuration
    snapshot.alerts = alerts.snapshot
    if let drill, drill.isCut(now) { snapshot.drill = drill }
    for index in snapshot.queues.indices {
      let counts = deadLetterCounts[snapshot.queues[index].name] ?? (0, 0)
      snapshot.queues[index].deadLettersWritten = counts.written
      snapshot.queues[index].deadLettersOmitted = counts.omitted
    }
    return snapshot
  }
}
