import Agent
public import Model
import Samples
import Serving
import Spool
import Threads
import Transport

/// Runs an agent until a signal stops it: opens the queue, listens, and turns.
///
/// Throws what keeps it from starting; then nothing was changed.
public func runAgent(_ model: Configuration, _ options: AgentOptions) throws(Diagnostics) {
  let kept = Hardening.apply()
  let mailbox = Mailbox<EngineMessage>()
  receiveSignals { mailbox.post(.signal($0)) }
  let configuration = try AgentConfiguration(model, node: options.node, options.discovery)
  let started = MachineClock.read()
  let fileSystem = MeasuredFileSystem(try openDirectory(options.dataDirectory))
  let spool = try openSpool(fileSystem, configuration.spool, options.dataDirectory)
  var random = SystemRandomNumberGenerator()
  let core = AgentCore(
    configuration,
    spool: spool,
    key: KeyedHash.Key(random.next(), random.next()),
    seed: random.next(),
    now: started
  )
  let log = RuntimeLog()
  let intake = Intake(byteCountMax: AgentBounds.waitingByteCountMax)
  let heartbeat = Heartbeat(started)
  let network: NetworkLoop
  do throws(TransportFailure) { network = try NetworkLoop(AgentBounds.network(model)) } catch {
    throw Diagnostics([.transport(error)])
  }
  let queries = QueryWorker(directory: options.dataDirectory)
  let server = try listen(options, mailbox, intake, heartbeat, queries)
  log(
    .info,
    .program,
    "rescfg agent runs",
    [
      .init("version", options.version), .init("environment", configuration.environment),
      .init("node", configuration.node), .init("queue", options.dataDirectory), .init("listen", options.listen),
      .init("receive", options.receive ?? "off"),
    ]
  )
  for it in kept { log(.warning, .program, "the system didn't let go of a right", [.init("right", it.rawValue)]) }
  let engine = AgentEngine(
    core,
    options,
    network: network,
    mailbox: mailbox,
    intake: intake,
    log: log,
    disk: fileSystem,
    serverCounts: { server.counts },
    started: started
  )
  engine.run(heartbeat: heartbeat)
  stop(core, server, network, log)
  queries.stop()
}

/// Inputs first, then the disk. What is on its way to the centre isn't waited for: it is in the queue until it is acknowledged.
private func stop(_ core: AgentCore, _ server: HTTPServer, _ network: NetworkLoop, _ log: RuntimeLog) {
  server.stop(graceMilliseconds: 200)
  do throws(SpoolError) { try core.close(now: MachineClock.read()) } catch {
    log(.error, .spool, "the last samples could not be made durable", [.init("err", "\(error)")])
  }
  network.stop()
  log(.info, .program, "rescfg agent stopped")
  log.finish()
}

private func openDirectory(_ path: String) throws(Diagnostics) -> LocalFileSystem {
  do throws(FileError) { return try LocalFileSystem(path: path) } catch {
    throw Diagnostics([.directoryFailed(error, directory: path)])
  }
}

private func openSpool(
  _ fileSystem: any FileSystem,
  _ configuration: SpoolConfiguration,
  _ directory: String
) throws(Diagnostics) -> Spool {
  do throws(SpoolError) { return try Spool(fileSystem, configuration) } catch {
    throw Diagnostics([.spool(error, directory: directory, holder: lockHolder(directory))])
  }
}

/// The process that holds the lock of a queue, as it wrote it down itself.
private func lockHolder(_ directory: String) -> String? {
  guard let bytes = wholeFile(directory + "/LOCK", byteCountMax: 64) else { return nil }
  let digits = bytes.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  return digits.isEmpty ? nil : String(decoding: digits, as: UTF8.self)
}

private func listen(
  _ options: AgentOptions,
  _ mailbox: Mailbox<EngineMessage>,
  _ intake: Intake,
  _ heartbeat: Heartbeat,
  _ queries: QueryWorker
) throws(Diagnostics) -> HTTPServer {
  do throws(ServingError) {
    var listeners = [Listener(name: ServiceRoute.service, address: try ListenAddress(parsing: options.listen))]
    if let receive = options.receive {
      listeners.append(
        Listener(
          name: ServiceRoute.receive,
          address: try ListenAddress(parsing: receive),
          bodyByteCountMax: AgentBounds.writeByteCountMax
        )
      )
    }
    return try HTTPServer(listeners) { request, responder in
      admit(request, responder, mailbox, intake, heartbeat, queries)
    }
  } catch {
    throw Diagnostics([.listening(error)])
  }
}

/// On the server's thread: answers probes, turns away what there is no room for, and passes on the rest.
private func admit(
  _ request: ServerRequest,
  _ responder: Responder,
  _ mailbox: Mailbox<EngineMessage>,
  _ intake: Intake,
  _ heartbeat: Heartbeat,
  _ queries: QueryWorker
) {
  switch ServiceRoute(request) {
  case .healthy:
    let isAlive = heartbeat.isAlive(MachineClock.read())
    responder.reply(isAlive ? .text(200, "rescfg agent is healthy.") : .text(503, "The engine waits for its disk."))
  case .ready: responder.reply(.text(200, "rescfg agent is ready."))
  case .query(let target): queries.post(request, target, responder)
  case .write where !intake.admit(request.body.count):
    responder.reply(
      ServerAnswer(503, headers: [(name: "retry-after", value: "1")], body: Array("the disk is behind\n".utf8))
    )
  default: mailbox.post(.request(request, responder))
  }
}

/// What bounds an agent's memory beside the settings.
enum AgentBounds {
  /// Bytes of remote-write requests that wait for the disk.
  static let waitingByteCountMax = 32 << 20
  /// Bytes of one remote-write request, compressed.
  static let writeByteCountMax = 16 << 20
  /// Bytes of the file of samples that were set aside; a former one of that size is kept.
  static let deadLetterByteCountMax = 16 << 20

  /// Of all answers that are arriving, an eighth of what the container may have: an array that grows is there twice, and a parser
  /// has what came before.
  static func network(_ model: Configuration) -> NetworkLoop.Configuration {
    let setting = model[Settings.collector] == .rescfg ? Settings.agentMemoryLimit : Settings.queueMemoryLimit
    var network = NetworkLoop.Configuration()
    network.bodiesByteCountMax = Int(clamping: model[setting].thousandths / 1000 / 8)
    return network
  }
}
