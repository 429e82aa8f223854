import Model

/// What the detector knows of one agent.
///
/// An agent judges its own path, with hysteresis of its own; here its word is taken. What is judged here is whether it answers:
/// `unreachable` takes as many polls in a row as a partition takes failed checks, so a path to it that flaps is silent.
struct WatchedAgent: Hashable, Sendable {
  let address: AgentAddress
  private(set) var report: AgentReport?
  private(set) var state = AgentStateLabel.unknown
  private(set) var since: Moment
  private(set) var failuresInARow = 0
  /// Rounds in which its address was not listed.
  var roundsUnlisted = 0
  private var eventCount: UInt64 = 0

  init(_ address: AgentAddress, now: Moment) {
    self.address = address
    since = now
  }

  var node: String { report?.node ?? "" }

  /// Takes what it said.
  mutating func answered(_ report: AgentReport, now: Moment) -> AgentEvent? {
    failuresInARow = 0
    self.report = report
    return enter(AgentStateLabel(report.state), .reported, now: now)
  }

  /// It did not answer, or with something else.
  mutating func failed(threshold: Int, now: Moment) -> AgentEvent? {
    failuresInARow = min(failuresInARow + 1, threshold)
    return failuresInARow >= threshold ? enter(.unreachable, .unanswered, now: now) : nil
  }

  /// Its address is listed no more.
  mutating func left(now: Moment) -> AgentEvent { event(to: nil, .notListed, now: now) }

  /// It is the node's new agent: what was known of the former one goes on.
  mutating func inherit(_ former: WatchedAgent) {
    state = former.state
    since = former.since
    eventCount = former.eventCount
  }

  private mutating func enter(_ new: AgentStateLabel, _ cause: AgentEvent.Cause, now: Moment) -> AgentEvent? {
    guard new != state else { return nil }
    // Before any evidence a path counts as connected: that it is so is no news.
    let isNews = !(state == .unknown && new == .connected)
    let event = isNews ? event(to: new, cause, now: now) : nil
    state = new
    since = now
    return event
  }

  private mutating func event(to new: AgentStateLabel?, _ cause: AgentEvent.Cause, now: Moment) -> AgentEvent {
    eventCount += 1
    return AgentEvent(
      sequence: eventCount,
      time: now.wall,
      node: node,
      remoteName: report?.remoteName ?? "",
      address: address,
      from: state,
      to: new,
      lasted: max(0, now.monotonic - since.monotonic),
      cause: cause,
      queuedSamples: report?.queuedSamples ?? 0,
      oldestUnsentAge: report?.oldestUnsentAge
    )
  }
}
