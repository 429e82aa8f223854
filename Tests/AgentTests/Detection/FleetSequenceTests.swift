import Agent
import Model
import Testing

/// One agent, in all that can become of it: every sequence of rounds gives the states of the document, and one event for each change.
@Suite struct FleetSequenceTests {
  /// What a round shows of the agent.
  enum Round: CaseIterable {
    case saysConnected, saysSuspect, saysPartitioned, saysRecovering
    /// It is listed and doesn't answer.
    case silent
    /// Its address isn't listed, and nobody answers there.
    case unlisted

    var said: PartitionState? {
      switch self {
      case .saysConnected: .connected
      case .saysSuspect: .suspect
      case .saysPartitioned: .partitioned
      case .saysRecovering: .recovering
      case .silent, .unlisted: nil
      }
    }
  }

  static let address = AgentAddress(host: "10.0.0.1", port: 9090)
  static let interval: Int64 = 30_000

  static func play(_ fleet: inout Fleet, _ round: Round, at now: Moment) -> [AgentEvent] {
    var polls = fleet.step(now: now, otherRequests: 0).polls
    var events = fleet.finishLookup(round == .unlisted ? [] : [address], failedCount: 0, now: now)
    polls += fleet.step(now: now, otherRequests: 0).polls
    for polled in polls {
      let report = round.said.map { state in
        var report = AgentReport()
        (report.node, report.remoteName, report.state) = ("node-1", "q", state)
        return report
      }
      if let event = fleet.finishPoll(polled, report, now: now) { events.append(event) }
    }
    return events
  }

  /// From the whole history, without counters; nothing where the agent isn't known.
  static func stateByTheBook(_ history: [Round], threshold: Int) -> AgentStateLabel? {
    var known: ArraySlice<Round> = []
    for index in history.indices {
      if known.isEmpty {
        if history[index] != .unlisted { known = history[index...index] }
      } else {
        known = history[known.startIndex...index]
        if known.count > threshold, known.suffix(threshold).allSatisfy({ $0 == .unlisted }) { known = [] }
      }
    }
    if known.isEmpty { return nil }
    if known.reversed().prefix(while: { $0.said == nil }).count >= threshold { return .unreachable }
    guard let said = known.last(where: { $0.said != nil })?.said else { return .unknown }
    return AgentStateLabel(rawValue: said.rawValue)
  }

  /// The events of one more round: one, if anything changed that is news.
  private func isAsExpected(
    _ events: [AgentEvent],
    from before: AgentStateLabel?,
    to after: AgentStateLabel?,
    after count: UInt64
  ) -> Bool {
    let from = before ?? .unknown
    let isNews = before == after ? false : after == nil ? from != .unknown : !(from == .unknown && after == .connected)
    guard isNews, from != after else { return events.isEmpty }
    guard events.count == 1, let event = events.first else { return false }
    return event.from == from && event.to == after && event.sequence == count + 1 && event.lasted >= 0
  }

  @Test(arguments: [(1, 5), (2, 6), (3, 5)])
  func everySequenceOfRoundsGoesByTheBook(threshold: Int, depth: Int) {
    let configuration = DetectorConfiguration(threshold: threshold, checkInterval: Self.interval, checkTimeout: 10_000)
    var played = 0
    func visit(_ fleet: Fleet, _ history: [Round], _ count: UInt64, _ now: Moment) {
      guard history.count < depth else { return }
      let before = Self.stateByTheBook(history, threshold: threshold)
      for round in Round.allCases {
        var next = fleet
        let events = Self.play(&next, round, at: now)
        let longer = history + [round]
        let after = Self.stateByTheBook(longer, threshold: threshold)
        let seen = AgentStateLabel.allCases.first { next.counts[$0] == 1 }
        if seen != after || !isAsExpected(events, from: before, to: after, after: count) {
          Issue.record("\(longer): \(String(describing: seen)), \(events)")
        }
        played += 1
        // An agent that was gone and is back is a new one. The wall clock is set back and forth meanwhile.
        let lasting = after == nil ? 0 : count + UInt64(events.count)
        let jump: Int64 = played.isMultiple(of: 2) ? 86_400_000 : -86_400_000
        visit(next, longer, lasting, Moment(monotonic: now.monotonic + Self.interval, wall: now.wall + jump))
      }
    }
    let start = Moment(monotonic: 1000, wall: 1_763_840_736_123)
    visit(Fleet(configuration, now: start), [], 0, start)
    #expect(played == (1...depth).reduce(0) { sum, _ in (sum + 1) * Round.allCases.count })
  }
}
