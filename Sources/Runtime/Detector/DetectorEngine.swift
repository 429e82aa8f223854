import Agent
import Glibc
import Model
import Serving
import Threads
import Transport

/// The thread that owns the detector's core: takes what other threads post, lets the core decide, and performs what it says. It
/// waits for nobody but its mailbox.
final class DetectorEngine {
  var core: DetectorCore
  let options: DetectorOptions
  let network: NetworkLoop
  let mailbox: Mailbox<DetectorMessage>
  let log: RuntimeLog
  let started: Moment
  var requests: DetectorRequests
  var events: AppendedFile
  var eventsWritten: UInt64 = 0
  var eventsOmitted: UInt64 = 0
  var isLastReloadGood = true
  var lastReload: Moment
  var alerts: LocalAlerts
  var signing = SigningKeys()
  private let names: NameLookup
  private var isStopping = false
  /// The longest wait, so that the heartbeat is heard of.
  private static let waitMaxMilliseconds: Int64 = 10_000

  init(
    _ core: DetectorCore,
    _ options: DetectorOptions,
    events: AppendedFile,
    network: NetworkLoop,
    mailbox: Mailbox<DetectorMessage>,
    log: RuntimeLog,
    started: Moment
  ) {
    self.core = core
    self.options = options
    self.network = network
    self.mailbox = mailbox
    self.log = log
    self.started = started
    self.events = events
    lastReload = started
    alerts = LocalAlerts(.init(detector: core), core.configuration.model, now: started)
    requests = DetectorRequests(core.configuration.model, options)
    names = NameLookup { [mailbox] addresses, failures in mailbox.post(.lookedUp(addresses, failures: failures)) }
  }

  /// Runs until a signal says stop.
  /// - Parameter heartbeat: told, at each turn, that the engine turns.
  func run(heartbeat: Heartbeat) {
    var nextLog: Int64?
    takeSigning(core.configuration.model, started)
    while !isStopping {
      renewKeys(MachineClock.read())
      // A check without keys would say that there is no way to a centre that wants them.
      if !signing.isWaiting {
        for action in core.step(now: MachineClock.read()) { perform(action) }
      }
      postAlerts(MachineClock.read())
      let nextStep = signing.isWaiting ? .max : core.nextWake
      let next = min(nextStep, alerts.nextWake, nextLog ?? .max, signing.nextStep ?? .max)
      let current = MachineClock.read().monotonic
      let wait = next <= current ? 0 : min(next - current, Self.waitMaxMilliseconds)
      let messages = mailbox.take(timeoutMilliseconds: wait)
      let now = MachineClock.read()
      heartbeat.beat(now)
      nextLog = log.wake(now)
      for message in messages { take(message, now) }
    }
    names.stop()
  }

  private func take(_ message: DetectorMessage, _ now: Moment) {
    switch message {
    case .request(let request, let responder): responder.reply(answer(to: request, now))
    case .healthChecked(let number, let result):
      core.finishHealthCheck(number, failure: CheckFailure(result), now: now)
    case .writeChecked(let number, let result): core.finishWriteCheck(number, SendResult(result), now: now)
    case .lookedUp(let addresses, let failures): core.finishLookup(addresses, failures: failures, now: now)
    case .polled(let address, let result):
      var body: [UInt8]?
      if case .success(let answer) = result, answer.status == 200 { body = answer.body }
      core.finishPoll(address, body: body, now: now)
    case .syncRequested(let address, let result): core.finishSyncRequest(address, status: result.status, now: now)
    case .reported(let result): core.finishReport(status: result.status, now: now)
    case .alertsPosted(let lane, let result):
      if let line = alerts.finish(lane: lane, status: result.status, now: now) {
        log(line.level, line.component, line.message, line.fields)
      }
    case .keysFetched(let region, let result): takeKeys(region, result, now)
    case .signal(.stop): isStopping = true
    case .signal(.reload): reload(now)
    }
  }

  private func perform(_ action: DetectorAction) {
    switch action {
    case .checkHealth(let number):
      network.submit(requests.centre.healthCheck()) { [mailbox] in mailbox.post(.healthChecked(number: number, $0)) }
    case .checkWrite(let number):
      network.submit(requests.writeCheck()) { [mailbox] in mailbox.post(.writeChecked(number: number, $0)) }
    case .lookUp(let agents): names.lookUp(agents)
    case .poll(let address):
      network.submit(requests.poll(address)) { [mailbox] in mailbox.post(.polled(address, $0)) }
    case .requestSync(let address):
      network.submit(requests.sync(address)) { [mailbox] in mailbox.post(.syncRequested(address, $0)) }
    case .event(let line):
      alerts.readSoon(now: MachineClock.read())
      let bytes = Array(line.utf8)
      if events.append(bytes) { eventsWritten += 1 } else { eventsOmitted += 1 }
      writeAll(bytes, to: STDOUT_FILENO)
    case .reportEvent(let body): report(requests.event(body))
    case .reportState(let patch): report(requests.state(patch))
    case .log(let line): log(line.level, line.component, line.message, line.fields)
    }
  }

  private func postAlerts(_ now: Moment) {
    let posts = alerts.step(now: now) { core.readings(writeURL: requests.centre.writeURL, now: now) }
    for post in posts {
      network.submit(HTTPRequest(post)) { [mailbox] in mailbox.post(.alertsPosted(lane: post.lane, $0)) }
    }
  }

  private func report(_ request: HTTPRequest?) {
    guard let request else { preconditionFailure("BUG: a report to no API server") }
    network.submit(request) { [mailbox] in mailbox.post(.reported($0)) }
  }
}

extension LocalAlerts.Origin {
  fileprivate init(detector core: DetectorCore) {
    self.init(
      cluster: core.configuration.cluster,
      node: core.identity.node,
      instance: core.identity.name,
      component: "detector",
      contact: core.configuration.model[Settings.contact]
    )
  }
}
