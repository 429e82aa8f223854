import Agent
import JSON
import Model
import Testing

/// A cluster of agents with a script, a name server and an API server, driven by a detector's actions on a clock of its own.
final class FleetWorld {
  /// How an agent answers.
  enum Agent: Hashable {
    case says(PartitionState)
    case silent
    case garbage
  }

  var agents: [AgentAddress: Agent] = [:]
  var isNameKnown = true
  var isCentreUp = true
  /// What the API server answers.
  var reportStatus: Int? = 201
  /// What an agent answers to `POST /-/sync`.
  var syncStatus: Int? = 202
  var queued: UInt64 = 1000
  var extraMembers = ""

  private(set) var lines: [String] = []
  private(set) var logs: [LogLine] = []
  private(set) var syncs: [(address: AgentAddress, time: Int64)] = []
  private(set) var kubernetesEvents: [[UInt8]] = []
  private(set) var patches: [[UInt8]] = []
  private(set) var mostAtOnce = 0
  var core: DetectorCore
  var now: Moment

  init(isInCluster: Bool = true, threshold: Int = 3) {
    now = Moment(monotonic: 1000, wall: 1_763_840_736_123)
    let model = Configuration(environment: "test", written: [:])
      .setting("network_partition_threshold", to: .integer(threshold)).setting("cluster_name", to: .text("west"))
    core = DetectorCore(
      FleetConfiguration(model),
      DetectorIdentity(name: "detector-0", node: "node-0"),
      agents: [AgentName(host: "agents", port: 9090)],
      isInCluster: isInCluster,
      now: now
    )
  }

  static func address(_ number: Int) -> AgentAddress {
    AgentAddress(host: "10.0.\(number / 256).\(number % 256)", port: 9090)
  }

  func status(_ address: AgentAddress, _ state: PartitionState) -> [UInt8] {
    Array(
      #"""
      {"version":"x","node":"node-\#(address.host)",\#(extraMembers)"queues":[{"name":"q","url":"u","path":{"state":"\#(state.rawValue)","since":null},"queued_samples":\#(queued),"oldest_unsent_age_seconds":12.5,"last_error":null}],"targets":{"listed":[{"a":[1,{}]}]}}
      """#.utf8
    )
  }

  /// Lets time pass, answering everything at once.
  func run(milliseconds: Int64) {
    let end = now.monotonic + milliseconds
    var turns = 0
    while turns < 100_000 {
      turns += 1
      let actions = core.step(now: now)
      let requests = actions.count {
        if case .poll = $0 { true } else if case .requestSync = $0 { true } else { false }
      }
      mostAtOnce = max(mostAtOnce, requests)
      for action in actions { perform(action) }
      if !actions.isEmpty { continue }
      let next = core.nextWake
      if next > end { break }
      pass(max(0, next - now.monotonic))
    }
    #expect(turns < 100_000, "it turns without end")
    pass(max(0, end - now.monotonic))
  }

  private func pass(_ milliseconds: Int64) {
    now = Moment(monotonic: now.monotonic + milliseconds, wall: now.wall + milliseconds)
  }

  private func perform(_ action: DetectorAction) {
    switch action {
    case .checkHealth(let number):
      core.finishHealthCheck(number, failure: isCentreUp ? nil : .connection, now: now)
    case .checkWrite(let number):
      core.finishWriteCheck(number, .answered(status: isCentreUp ? 204 : 503, headers: [], body: []), now: now)
    case .lookUp:
      core.finishLookup(
        isNameKnown ? agents.keys.sorted() : [],
        failures: isNameKnown ? [] : ["agents: no such name"],
        now: now
      )
    case .poll(let address):
      switch agents[address] {
      case .says(let state)?: core.finishPoll(address, body: status(address, state), now: now)
      case .garbage?: core.finishPoll(address, body: Array("<html>".utf8), now: now)
      case .silent?, nil: core.finishPoll(address, body: nil, now: now)
      }
    case .requestSync(let address):
      syncs.append((address, now.monotonic))
      core.finishSyncRequest(address, status: syncStatus, now: now)
    case .event(let line): lines.append(line)
    case .reportEvent(let body):
      if let reportStatus, reportStatus < 300 { kubernetesEvents.append(body) }
      core.finishReport(status: reportStatus, now: now)
    case .reportState(let patch):
      if let reportStatus, reportStatus < 300 { patches.append(patch) }
      core.finishReport(status: reportStatus, now: now)
    case .log(let line): logs.append(line)
    }
  }

  /// `from` and `to` of the lines about agents, or about the centre.
  func changes(of watched: String) throws -> [String] {
    try lines.map { try JSONDocument(reading: Array($0.dropLast().utf8)) }.filter { $0["watched"] == .string(watched) }
      .map { line in
        guard case .string(let from)? = line["from"], case .string(let to)? = line["to"] else { return "?" }
        return "\(from) \(to)"
      }
  }
}
