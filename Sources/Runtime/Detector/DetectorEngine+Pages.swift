import Agent
import Model
import Serving

extension DetectorEngine {
  func answer(to request: ServerRequest, _ now: Moment) -> ServerAnswer {
    switch DetectorRoute(request) {
    case .metrics:
      let format = MetricsFormat(accept: request.header("accept") ?? "")
      return page(DetectorPage(snapshot(now)).written(as: format), format.contentType)
    case .status: return page(core.state(now: now).json.compact + "\n", "application/json")
    case .index: return page(Self.index, "text/plain; charset=utf-8")
    case .methodNotAllowed: return ServerAnswer(405, headers: [(name: "allow", value: "GET, HEAD")])
    case .healthy, .ready, .unknown: return .text(404, "not found")
    }
  }

  private static let index = """
    rescfg detector

    /metrics         for Prometheus
    /api/v1/status   the path to the centre, and the agents that are not connected
    /-/healthy       whether the program runs
    /-/ready         whether it watches

    """

  private func page(_ text: String, _ type: String) -> ServerAnswer {
    ServerAnswer(200, headers: [(name: "content-type", value: type)], body: Array(text.utf8))
  }

  private func snapshot(_ now: Moment) -> DetectorSnapshot {
    let configuration = core.configuration
    var program = ProgramSnapshot(
      version: options.version,
      environment: configuration.environment,
      cluster: configuration.cluster,
      node: core.identity.node,
      started: started
    )
    program.isLastReloadGood = isLastReloadGood
    program.lastReload = lastReload.wall
    program.process = .read()
    let urls = (write: requests.centre.writeURL, health: requests.centre.healthURL)
    var snapshot = core.snapshot(program, urls: urls, now: now)
    snapshot.alerts = alerts.snapshot
    snapshot.eventsWritten = eventsWritten
    snapshot.eventsOmitted = eventsOmitted
    return snapshot
  }

  /// Reads the model again. Where it can't be taken, the former one goes on.
  func reload(_ now: Moment) {
    switch options.reload() {
    case .success(let model):
      core.reconfigure(FleetConfiguration(model))
      alerts.reconfigure(model, now: now)
      requests = DetectorRequests(model, options)
      takeSigning(model, now)
      isLastReloadGood = true
      lastReload = now
      log(.info, .program, "model read again")
    case .failure(let diagnostics):
      isLastReloadGood = false
      for problem in diagnostics.all {
        log(.error, .program, "model refused, the former one goes on", [.init("err", problem.message)])
      }
    }
  }
}
