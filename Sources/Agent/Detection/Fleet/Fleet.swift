public import Model

/// All agents: who is asked when, and what they said.
///
/// A round begins with a look-up of the addresses. Each is asked once a round, so many at a time. One look-up at a time: a name
/// server that hangs stops look-ups and nothing else.
public struct Fleet: Sendable {
  /// What bounds the detector's memory and its sockets, whatever a name resolves to and whatever answers there.
  public enum Bounds {
    /// The most agents that are asked; the rest is counted.
    public static let agentCountMax = 2000
    /// Requests to agents at a time.
    public static let concurrentMax = 8
    /// Bytes of a status.
    public static let statusByteCountMax = 1 << 20
  }

  public private(set) var polls = Tally<ResultLabel>()
  public private(set) var lookups = Tally<ResultLabel>()
  public private(set) var omittedCount = 0
  private(set) var agents: [AgentAddress: WatchedAgent] = [:]
  private var interval: Int64
  private var threshold: Int
  private var isLookingUp = false
  private var nextRound: Int64
  private var waiting: [AgentAddress] = []
  private var asked: Set<AgentAddress> = []

  public init(_ configuration: DetectorConfiguration, now: Moment) {
    interval = configuration.checkInterval
    threshold = configuration.threshold
    nextRound = now.monotonic
  }

  public mutating func reconfigure(_ configuration: DetectorConfiguration) {
    interval = configuration.checkInterval
    threshold = configuration.threshold
  }

  /// When `step` has something to do, in monotonic milliseconds.
  public var nextWake: Int64 { nextRound }

  /// What is to be done now.
  public struct Step: Hashable, Sendable {
    public var looksUp = false
    public var polls: [AgentAddress] = []
  }

  /// - Parameter otherRequests: requests to agents that are under way for something else.
  public mutating func step(now: Moment, otherRequests: Int) -> Step {
    var step = Step()
    if now.monotonic >= nextRound {
      nextRound = now.monotonic + interval
      if !isLookingUp {
        isLookingUp = true
        step.looksUp = true
      }
      // Whoever wasn't asked in the round before is asked first.
      let late = Set(waiting)
      waiting = agents.keys.filter { !asked.contains($0) && !late.contains($0) }.sorted(by: >) + waiting
    }
    while asked.count + otherRequests < Bounds.concurrentMax, let address = waiting.popLast() {
      guard agents[address] != nil else { continue }
      asked.insert(address)
      step.polls.append(address)
    }
    return step
  }

  /// Takes the addresses that names were resolved to; where one wasn't, what is known stays.
  public mutating func finishLookup(_ addresses: [AgentAddress], failedCount: Int, now: Moment) -> [AgentEvent] {
    isLookingUp = false
    lookups.add(to: failedCount == 0 ? .success : .failure)
    let listed = Set(addresses)
    let new = listed.filter { agents[$0] == nil }.sorted()
    let room = max(0, Bounds.agentCountMax - agents.count)
    omittedCount = max(0, new.count - room)
    for address in new.prefix(room) {
      agents[address] = WatchedAgent(address, now: now)
      waiting.append(address)
    }
    guard failedCount == 0 else { return [] }
    var events: [AgentEvent] = []
    for address in agents.keys.sorted() {
      guard let known = agents[address] else { continue }
      agents[address]?.roundsUnlisted = listed.contains(address) ? 0 : known.roundsUnlisted + 1
      if known.roundsUnlisted + 1 >= threshold, !listed.contains(address) {
        var leaving = known
        if known.state != .unknown { events.append(leaving.left(now: now)) }
        agents[address] = nil
      }
    }
    return events
  }

  /// Takes what became of a poll: nothing where there was no status to read.
  public mutating func finishPoll(_ address: AgentAddress, _ report: AgentReport?, now: Moment) -> AgentEvent? {
    asked.remove(address)
    polls.add(to: report == nil ? .failure : .success)
    guard let report else { return agents[address]?.failed(threshold: threshold, now: now) }
    if agents[address]?.state == .unknown, !report.node.isEmpty {
      let former = agents.values.filter { $0.node == report.node && $0.roundsUnlisted > 0 }.min {
        $0.address < $1.address
      }
      if let former {
        agents[address]?.inherit(former)
        agents[former.address] = nil
      }
    }
    return agents[address]?.answered(report, now: now)
  }

  /// Those that can be asked for something.
  var reachable: [AgentAddress] {
    agents.values.filter { $0.state != .unreachable && $0.roundsUnlisted == 0 }.map(\.address).sorted()
  }

  /// Those in a state, by the names of their nodes.
  func agents(in state: AgentStateLabel) -> [WatchedAgent] {
    agents.values.filter { $0.state == state }.sorted { ($0.node, $0.address) < ($1.node, $1.address) }
  }

  /// How many there are in each state.
  public var counts: Tally<AgentStateLabel> {
    var counts = Tally<AgentStateLabel>()
    for agent in agents.values { counts.add(to: agent.state) }
    return counts
  }

  public var queuedSamples: UInt64 {
    agents.values.reduce(0) { sum, agent in
      let (next, isOverflow) = sum.addingReportingOverflow(agent.report?.queuedSamples ?? 0)
      return isOverflow ? .max : next
    }
  }

  /// In milliseconds.
  public var oldestUnsentAge: Int64 { agents.values.reduce(0) { max($0, $1.report?.oldestUnsentAge ?? 0) } }
}
