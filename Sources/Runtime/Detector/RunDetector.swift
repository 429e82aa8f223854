import Agent
public import Model
import Serving
import Threads
import Transport

/// Runs a detector until a signal stops it.
///
/// Throws what keeps it from starting; then nothing was changed.
public func runDetector(_ model: Configuration, _ options: DetectorOptions) throws(Diagnostics) {
  let mailbox = Mailbox<DetectorMessage>()
  receiveSignals { mailbox.post(.signal($0)) }
  let started = MachineClock.read()
  let configuration = FleetConfiguration(model)
  let events = AppendedFile(path: options.events, byteCountMax: eventLogByteCountMax)
  if let code = events.create() { throw Diagnostics([.eventLogFailed(code, path: options.events)]) }
  let core = DetectorCore(
    configuration,
    options.identity,
    agents: options.agents ?? [configuration.agentName],
    isInCluster: options.apiServer != nil,
    now: started
  )
  let heartbeat = Heartbeat(started)
  let network: NetworkLoop
  do throws(TransportFailure) { network = try NetworkLoop() } catch { throw Diagnostics([.transport(error)]) }
  let server = try listen(options, mailbox, heartbeat)
  let log = RuntimeLog()
  log(
    .info,
    .program,
    "rescfg detector runs",
    [
      .init("version", options.version), .init("environment", configuration.environment),
      .init("detector", options.identity.name), .init("events", options.events), .init("listen", options.listen),
      .init("api_server", options.apiServer ?? "none"),
    ]
  )
  DetectorEngine(
    core,
    options,
    events: events,
    network: network,
    mailbox: mailbox,
    log: log,
    started: started
  ).run(heartbeat: heartbeat)
  server.stop(graceMilliseconds: 200)
  network.stop()
  log(.info, .program, "rescfg detector stopped")
  log.finish()
}

/// Of the event log; a former one of that size is kept. Both are half of the volume that the Deployment has for them.
private let eventLogByteCountMax = 16 << 20

private func listen(
  _ options: DetectorOptions,
  _ mailbox: Mailbox<DetectorMessage>,
  _ heartbeat: Heartbeat
) throws(Diagnostics) -> HTTPServer {
  do throws(ServingError) {
    let address = try ListenAddress(parsing: options.listen)
    // Nothing is posted to a detector.
    let listener = Listener(name: "service", address: address, bodyByteCountMax: 1024, connectionCountMax: 64)
    return try HTTPServer([listener]) { request, responder in
      switch DetectorRoute(request) {
      case .healthy:
        let isAlive = heartbeat.isAlive(MachineClock.read())
        responder.reply(
          isAlive ? .text(200, "rescfg detector is healthy.") : .text(503, "The detector doesn't turn.")
        )
      case .ready: responder.reply(.text(200, "rescfg detector is ready."))
      default: mailbox.post(.request(request, responder))
      }
    }
  } catch {
    throw Diagnostics([.listening(error)])
  }
}

extension Diagnostic {
  fileprivate static func eventLogFailed(_ code: Int32, path: String) -> Diagnostic {
    Diagnostic(
      .error,
      "event-log",
      "the event log \(path) can't be written: \(systemMessage(code))",
      help: "name another file with --events"
    )
  }
}
