import Agent
import Model
import Serving
import Spool
import Threads
import Transport

/// The thread that owns the agent's core: takes what other threads post, lets the core decide, and performs what it says.
///
/// Nothing here waits for the network. The disk it does wait for; meanwhile messages pile up, which `Intake` and the bounds of
/// the scraper limit.
final class AgentEngine {
  let core: AgentCore
  let options: AgentOptions
  let network: NetworkLoop
  let mailbox: Mailbox<EngineMessage>
  let intake: Intake
  let log: RuntimeLog
  let disk: MeasuredFileSystem
  let syncWorker: SyncWorker
  let started: Moment
  var targets: [DestinationRequests]
  var signing = SigningKeys()
  var limits: ServerLimits
  var deadLetters: AppendedFile
  /// By the destination's name.
  var deadLetterCounts: [String: (written: UInt64, omitted: UInt64)] = [:]
  var isLastReloadGood = true
  var lastReload: Moment
  /// The partition that is or was rehearsed last.
  var drill: PathDrill?
  /// Raised here, as the centre can't raise one on whom it doesn't hear.
  var alerts: LocalAlerts
  /// As the log has it.
  var reportedDiskProblem: String?
  private var responders: [UInt64: WaitingResponder] = [:]
  private var nextToken: UInt64 = 1
  /// The network's numbers of write requests under way; nothing where a drill keeps one from the network.
  var sends: [SentRequest: UInt64?] = [:]
  /// The network's numbers of scrapes under way, by the scraper's.
  var fetches: [UInt64: UInt64] = [:]
  /// The network's numbers of discoveries' requests under way.
  var lookups: [Lookup: UInt64] = [:]
  private var isStopping = false
  /// The longest wait, so that the heartbeat is heard of.
  private static let waitMaxMilliseconds: Int64 = 10_000

  private struct WaitingResponder {
    let responder: Responder
    let byteCount: Int
  }

  init(
    _ core: AgentCore,
    _ options: AgentOptions,
    network: NetworkLoop,
    mailbox: Mailbox<EngineMessage>,
    intake: Intake,
    log: RuntimeLog,
    disk: MeasuredFileSystem,
    serverCounts: @escaping @Sendable () -> ServerCounts,
    started: Moment
  ) {
    self.core = core
    self.options = options
    self.network = network
    self.mailbox = mailbox
    self.intake = intake
    self.log = log
    self.disk = disk
    limits = ServerLimits(serverCounts)
    self.started = started
    lastReload = started
    alerts = LocalAlerts(.init(agent: core.configuration), core.configuration.model, now: started)
    syncWorker = SyncWorker(directory: options.dataDirectory, engine: mailbox)
    targets = DestinationRequests.all(core.configuration.model, toolVersion: options.version)
    deadLetters = AppendedFile(
      path: options.dataDirectory + "/dead-letters.jsonl",
      byteCountMax: AgentBounds.deadLetterByteCountMax
    )
  }

  /// Runs until a signal says stop.
  /// - Parameter heartbeat: told, at each turn, that the engine turns.
  func run(heartbeat: Heartbeat) {
    takeSigning(core.configuration.model, started)
    core.start(now: started)
    var nextLog: Int64?
    while !isStopping {
      let next = min(core.nextWake, alerts.nextWake, nextLog ?? .max, signing.nextStep ?? .max)
      let current = MachineClock.read().monotonic
      // What is overdue may be so by any amount.
      let wait = next <= current ? 0 : min(next - current, Self.waitMaxMilliseconds)
      let messages = mailbox.take(timeoutMilliseconds: wait)
      let now = MachineClock.read()
      heartbeat.beat(now)
      nextLog = log.wake(now)
      for message in messages { take(message, now) }
      renewKeys(now)
      reportLimits()
      let actions = core.step(now: now)
      if !actions.isEmpty { network.together { for action in actions { perform(action) } } }
      reportDisk()
      postAlerts(now)
    }
    syncWorker.stop()
  }

  private func take(_ message: EngineMessage, _ now: Moment) {
    switch message {
    case .request(let request, let responder): take(request, responder, now)
    case .sent(let destination, let id, let result):
      guard sends.removeValue(forKey: SentRequest(destination: destination, id: id)) != nil else { return }
      let result = SendResult(result)
      report(result, from: destination)
      core.finishSend(destination: destination, id, result, now: now)
    case .pathProbed(let destination, let succeeded):
      core.finishPathProbe(destination: destination, succeeded: succeeded, now: now)
    case .fetched(let id, let result):
      fetches[id] = nil
      core.finishFetch(id, ScrapeResult(result), now: now)
    case .discovered(let place, let event): takeDiscovery(place, event, now)
    case .healthChecked(let number, let result):
      core.finishHealthCheck(number, failure: CheckFailure(result), now: now)
    case .keysFetched(let region, let result): takeKeys(region, result, now)
    case .alertsPosted(let lane, let result): finishAlerts(lane, result, now)
    case .surveyed, .read, .asked, .replayed: takeSync(message, now)
    case .signal(.stop): isStopping = true
    case .signal(.reload): reload(now)
    }
  }

  private func take(_ request: ServerRequest, _ responder: Responder, _ now: Moment) {
    switch ServiceRoute(request) {
    case .write:
      let token = nextToken
      nextToken += 1
      responders[token] = WaitingResponder(responder: responder, byteCount: request.body.count)
      core.receive(token: token, headers: { request.header($0) }, body: request.body, now: now)
    case .reload:
      let problems = reload(now)
      responder.reply(problems.isEmpty ? ServerAnswer(200) : .text(400, problems.joined(separator: "\n")))
    case .drill: responder.reply(beginDrill(request, now))
    case .sync: responder.reply(requestSync(now))
    case let page: responder.reply(answer(to: page, request, now))
    }
  }

  private func perform(_ action: AgentAction) {
    switch action {
    case .send(let destination, let request): send(request, to: destination)
    case .cancelSend(let destination, let id): cancelSend(SentRequest(destination: destination, id: id))
    case .probePath(let destination): probe(destination)
    case .fetch(let request): fetch(request)
    case .cancelFetch(let id): cancelFetch(id)
    case .discover(let place, let action): discover(place, action)
    case .forgetDiscovery(let place): forgetDiscovery(place)
    case .checkHealth(let number): checkHealth(number)
    case .answer(let token, let answer):
      guard let waiting = responders.removeValue(forKey: token) else { return }
      intake.release(waiting.byteCount)
      waiting.responder.reply(
        ServerAnswer(
          answer.status,
          headers: answer.headers.map { (name: $0.name, value: $0.value) },
          body: answer.bytes
        )
      )
    case .sync(let destination, let action): perform(action, of: destination)
    case .deadLetter(let letter): writeDown(letter)
    case .event(let event): report(event)
    case .durable(let sequence):
      if let descriptor = options.acknowledgementDescriptor { writeAll(Array("\(sequence)\n".utf8), to: descriptor) }
    }
  }
}
