import Agent
import JSON
public import Model
import Threads
import Transport

/// Asks every agent of a fleet to compare itself with the centre, waits for them, and looks for what they refilled.
///
/// Nothing here sends a sample: an agent decides by itself what goes again, within its own bounds. So two that do this at the same time
/// do no harm: they wait for the same checks.
public final class FleetSync {
  private enum Outcome: Sendable {
    case answered(agent: Int, AgentVisit.Request, status: Int, body: [UInt8])
    case failed(agent: Int, String)
    case keysFetched(region: String, Result<HTTPAnswer, TransportFailure>)
  }

  private static let requestTimeoutMilliseconds = 15_000
  /// A gaps document has at most 500 gaps to a queue.
  private static let answerByteCountMax = 1 << 20
  private static let progressPause: Int64 = 200

  private let options: FleetOptions
  private var requests: DestinationRequests
  /// For what is asked of the centre itself.
  private var signing = SigningKeys()
  private let mailbox = Mailbox<Outcome>()
  private let network: NetworkLoop
  private var visits: [AgentVisit]
  private let omittedCount: Int

  /// Fails where the agents' service isn't known to DNS, or the network can't be had.
  public init(_ options: FleetOptions) throws(Diagnostics) {
    self.options = options
    requests = DestinationRequests(options.model, toolVersion: options.toolVersion)
    var agents = options.agents
    if agents.isEmpty {
      let name = "\(FleetOptions.service).\(options.model[Settings.namespace])"
      switch NameResolution(of: name) {
      case .found(let hosts): agents = hosts.map { AgentAddress(host: $0, port: FleetOptions.port).description }
      case .failed(let reason): throw Diagnostics([.agentsUnknown(name, reason)])
      }
    }
    omittedCount = max(agents.count - FleetOptions.agentCountMax, 0)
    visits = agents.prefix(FleetOptions.agentCountMax).map { AgentVisit($0, isOneRound: options.isOneRound) }
    do throws(TransportFailure) { network = try NetworkLoop() } catch { throw Diagnostics([.transport(error)]) }
  }

  /// Ends when all agents have, or the time is over.
  public func run() -> FleetReport {
    let start = MachineClock.read().monotonic
    let deadline = start + options.timeoutMilliseconds
    var nextProgress = start
    _ = signing.look(options.model, [Destination.centre], now: MachineClock.read())
    signing.sign(&requests)
    while visits.contains(where: { $0.stage != .ended }) {
      let now = MachineClock.read().monotonic
      if now >= deadline { break }
      if now >= nextProgress {
        options.progress(progress)
        nextProgress = now + Self.progressPause
      }
      renewKeys()
      // What they want to know of the centre is asked with keys, if there are any.
      if !signing.isWaiting { advance(now) }
      let wake = visits.compactMap(\.wake).min() ?? deadline
      let wait = min(max(wake - now, 1), max(nextProgress - now, 1))
      for outcome in mailbox.take(timeoutMilliseconds: wait) { take(outcome, MachineClock.read().monotonic) }
    }
    let now = MachineClock.read().monotonic
    for index in visits.indices { visits[index].expire(now: now) }
    network.stop()
    options.progress(progress)
    var report = FleetReport()
    report.agents = visits.map(\.report)
    report.omittedAgentCount = omittedCount
    return report
  }

  private var progress: FleetProgress {
    var progress = FleetProgress()
    progress.agentCount = visits.count
    progress.endedCount = visits.count { $0.stage == .ended }
    progress.refillingCount = visits.count { $0.isRefilling }
    progress.replayedSamples = visits.reduce(0) { $0 + $1.report.replayedSamples }
    return progress
  }

  private func advance(_ now: Int64) {
    var active = visits.count { $0.isActive }
    for index in visits.indices {
      if visits[index].stage == .waiting, active < options.concurrency {
        visits[index].begin(now: now)
        active += 1
      }
      if let request = visits[index].next(now: now) { send(request, index) }
    }
  }

  private func send(_ request: AgentVisit.Request, _ agent: Int) {
    let base = "http://\(visits[agent].report.address)"
    let exchange: HTTPRequest? =
      switch request {
      case .ask: Self.request(.post, base + "/-/sync")
      case .look: Self.request(.get, base + "/api/v1/gaps")
      case .verify(let verification): requests.count(verification)
      }
    guard let exchange else {
      return visits[agent].fail("the centre answers no queries", now: MachineClock.read().monotonic)
    }
    network.submit(exchange) { [mailbox] result in
      switch result {
      case .success(let answer):
        mailbox.post(.answered(agent: agent, request, status: answer.status, body: answer.body))
      case .failure(let failure): mailbox.post(.failed(agent: agent, failure.message))
      }
    }
  }

  private static func request(_ method: HTTPRequest.Method, _ url: String) -> HTTPRequest {
    var request = HTTPRequest(
      method,
      url,
      timeoutMilliseconds: requestTimeoutMilliseconds,
      connectTimeoutMilliseconds: requestTimeoutMilliseconds / 3,
      answerByteCountMax: answerByteCountMax
    )
    request.excess = .fail
    return request
  }

  private func renewKeys() {
    _ = signing.renew(over: network, now: MachineClock.read()) { [mailbox] region, result in
      mailbox.post(.keysFetched(region: region, result))
    }
  }

  private func take(_ outcome: Outcome, _ now: Int64) {
    switch outcome {
    case .keysFetched(let region, let result):
      _ = signing.finish(region, result, now: MachineClock.read())
      signing.sign(&requests)
    case .failed(let agent, let text): visits[agent].fail(text, now: now)
    case .answered(let agent, _, let status, _) where !(200..<300).contains(status):
      visits[agent].fail("HTTP \(status)", now: now)
    case .answered(let agent, .ask, _, let body):
      guard let checks = CheckNumbers(body)?.byQueue else {
        return visits[agent].fail("no answer of an agent", now: now)
      }
      visits[agent].asked(checks, now: now)
    case .answered(let agent, .look, _, let body):
      guard let reading = GapsReading(body) else { return visits[agent].fail("no answer of an agent", now: now) }
      visits[agent].looked(reading, now: now)
    case .answered(let agent, .verify(let verification), _, let body):
      guard let found = Self.counted(body) else { return visits[agent].fail("no answer to a query", now: now) }
      visits[agent].verified(verification, found: found)
    }
  }

  /// The largest count of the answer's series; 0 where there is none.
  private static func counted(_ body: [UInt8]) -> UInt64? {
    guard case .array(let series) = document(body)?["data"]?["result"] else { return nil }
    var most: UInt64 = 0
    for one in series {
      guard case .array(let point) = one["value"], point.count == 2, let count = point[1].text.flatMap({ UInt64($0) })
      else { return nil }
      most = max(most, count)
    }
    return most
  }

  private static func document(_ body: [UInt8]) -> JSONDocument? {
    do throws(JSONError) { return try JSONDocument(reading: body) } catch { return nil }
  }
}

extension DestinationRequests {
  /// How many samples of a series the centre has from one moment to another, as an instant query.
  func count(_ verification: AgentVisit.Verification) -> HTTPRequest? {
    guard let from = Timestamp(verification.from), let until = Timestamp(verification.until),
      from.milliseconds <= until.milliseconds
    else { return nil }
    let seconds = (until.milliseconds - from.milliseconds + 999) / 1000
    return instantQuery("count_over_time(\(verification.series)[\(seconds)s])", at: until.milliseconds)
  }
}
