import Agent
import Model

extension AgentEngine {
  /// A change of the path's state: on standard error, where a person follows it.
  func report(_ event: PartitionEvent) {
    alerts.readSoon(now: MachineClock.read())
    let level: LogLine.Level = event.to == .partitioned ? .error : event.to == .suspect ? .warning : .info
    log(
      level,
      .detector,
      "path to the centre changed",
      [
        LogLine.Field("remote_name", AgentConfiguration.centralDestination),
        LogLine.Field("from", event.from.rawValue), LogLine.Field("to", event.to.rawValue),
        LogLine.Field("cause", event.evidence.cause.rawValue),
      ]
    )
  }

  func writeDown(_ letter: DeadLetter) {
    let isWritten = deadLetters.append(letter.line)
    deadLetterCounts[letter.destination, default: (0, 0)].written += isWritten ? 1 : 0
    deadLetterCounts[letter.destination, default: (0, 0)].omitted += isWritten ? 0 : 1
  }

  /// Says in the log what the sender met with.
  func report(_ result: SendResult, from destination: Int) {
    let text: String
    switch result {
    case .answered(let status, _, _) where (200..<300).contains(status): return
    case .answered(let status, _, let body):
      text = "HTTP \(status) " + String(decoding: body.prefix(200), as: UTF8.self)
    case .failed(let failure): text = failure.message
    }
    log(
      .warning,
      .remoteWrite,
      "request failed",
      [LogLine.Field("remote_name", core.destinations[destination]), LogLine.Field("err", text)]
    )
  }

  /// New addresses of the queues that run; one that the model lost keeps its address until the next start.
  private func takeDestinations(_ model: Configuration) {
    let requests = DestinationRequests.all(model, toolVersion: options.version)
    for (name, requests) in zip(model.destinationNames, requests) {
      if let index = core.destinations.firstIndex(of: Destination.queueName(name)) { targets[index] = requests }
    }
  }

  /// Reads the model again. What is wrong with it, a line each; then the former one goes on.
  @discardableResult func reload(_ now: Moment) -> [String] {
    do throws(Diagnostics) {
      let model = try options.reload().get()
      let configuration = try AgentConfiguration(model, node: options.node, options.discovery)
      for setting in core.reconfigure(configuration, now: now) {
        log(.warning, .program, "a changed setting takes effect at the next start", [LogLine.Field("setting", setting)])
      }
      takeDestinations(model)
      takeSigning(model, now)
      alerts.reconfigure(model, now: now)
      isLastReloadGood = true
      lastReload = now
      log(.info, .program, "model read again")
      return []
    } catch {
      isLastReloadGood = false
      let problems = error.all.map(\.line)
      for problem in problems {
        log(.error, .program, "model refused, the former one goes on", [.init("err", problem)])
      }
      return problems
    }
  }
}

extension Diagnostic {
  /// On one line, with its place.
  fileprivate var line: String {
    let place = location.map { "\($0.file):\($0.line):\($0.column): " } ?? ""
    return place + message
  }
}
