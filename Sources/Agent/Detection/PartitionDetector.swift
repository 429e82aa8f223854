public import Model

/// Decides in which state the path to the centre is.
///
///     connected ──bad──► suspect ──threshold──► partitioned ──good──► recovering ──N good──► connected
///                          └──────N good──► connected       ◄──threshold──┘
///
/// Time goes in rounds, from one health check to the next. A round is judged once, when its check is answered, by the check and by what the
/// write path did meanwhile (`Round.verdict`); so there is at most one event a round. Suspicion and recovery end only after
/// N good rounds in a row, so a path that flaps faster than that stays where it is without a word.
///
/// Timers run on the monotonic clock alone. The wall clock gives events their time and decides nothing.
public struct PartitionDetector: Sendable {
  public private(set) var configuration: DetectorConfiguration
  public private(set) var state = PartitionState.connected
  public private(set) var since: Moment
  /// By the state entered.
  public private(set) var transitions = Tally<PartitionState>()
  public private(set) var checks = Tally<ResultLabel>()
  public private(set) var checkFailuresInARow: UInt64 = 0
  /// The last events, the newest at the end.
  public private(set) var recent: [PartitionEvent] = []
  public static let recentCountMax = 32

  private var round = Round()
  private var badRounds = 0
  private var goodRounds = 0
  private var checkInFlight: (number: UInt64, deadline: Int64)?
  private var lastCheckNumber: UInt64 = 0
  /// Monotonic.
  private var nextCheck: Int64
  private var eventCount: UInt64 = 0

  /// The first check is due at once. Before any evidence the path counts as connected.
  public init(_ configuration: DetectorConfiguration, now: Moment) {
    self.configuration = configuration
    since = now
    nextCheck = now.monotonic
  }

  /// When `wake` is to be called next, in monotonic milliseconds.
  public var nextWake: Int64 { checkInFlight?.deadline ?? nextCheck }

  /// What to do when time has passed.
  public struct Wake: Hashable, Sendable {
    /// A health check to begin now. Its answer comes back as evidence with this number.
    public let check: UInt64?
    public let events: [PartitionEvent]
  }

  /// Gives up a check that was not answered in time, and begins one that is due. One check at a time; those missed while nobody called
  /// are not made up for.
  public mutating func wake(now: Moment) -> Wake {
    var events: [PartitionEvent] = []
    if let check = checkInFlight, now.monotonic >= check.deadline {
      events = handle(.checkFailed(number: check.number, .timeout), now: now)
    }
    guard checkInFlight == nil, now.monotonic >= nextCheck else { return Wake(check: nil, events: events) }
    lastCheckNumber += 1
    checkInFlight = (lastCheckNumber, now.monotonic + configuration.checkTimeout)
    nextCheck = now.monotonic + configuration.checkInterval
    return Wake(check: lastCheckNumber, events: events)
  }

  /// Takes evidence; at most one event. The answer of a check that was given up, or answered before, changes nothing.
  public mutating func handle(_ evidence: Evidence, now: Moment) -> [PartitionEvent] {
    switch evidence {
    case .acknowledged(let sampleCount):
      round.acknowledgements += 1
      round.acknowledgedSamples &+= sampleCount
      return []
    case .sendFailed(let failure):
      round.sendFailures += 1
      round.lastSendFailure = failure
      return []
    case .checkSucceeded(let number, let isWaiting):
      guard number == checkInFlight?.number else { return [] }
      checks.add(to: .success)
      checkFailuresInARow = 0
      return end(checkFailure: nil, isWaiting: isWaiting, now: now)
    case .checkFailed(let number, let failure):
      guard number == checkInFlight?.number else { return [] }
      checks.add(to: .failure)
      checkFailuresInARow += 1
      return end(checkFailure: failure, isWaiting: false, now: now)
    }
  }

  private mutating func end(checkFailure: CheckFailure?, isWaiting: Bool, now: Moment) -> [PartitionEvent] {
    defer { round = Round() }
    checkInFlight = nil
    let verdict = round.verdict(checkFailed: checkFailure != nil, isWaiting: isWaiting)
    let cause: TransitionCause
    switch verdict {
    case .open: return []
    case .good:
      goodRounds = goodRounds < Int.max ? goodRounds + 1 : goodRounds
      badRounds = 0
      cause = .pathWorks
    case .bad(let reason):
      badRounds = badRounds < Int.max ? badRounds + 1 : badRounds
      goodRounds = 0
      cause = reason
    }
    guard let next = nextState else { return [] }
    let event = PartitionEvent(
      sequence: eventCount + 1,
      time: now.wall,
      from: state,
      to: next,
      lasted: max(0, now.monotonic - since.monotonic),
      evidence: TransitionEvidence(
        cause: cause,
        badRounds: badRounds,
        goodRounds: goodRounds,
        checkFailure: checkFailure,
        sendFailures: round.sendFailures,
        lastSendFailure: round.lastSendFailure,
        acknowledgedSamples: round.acknowledgedSamples
      )
    )
    eventCount += 1
    if recent.count == Self.recentCountMax { recent.removeFirst() }
    recent.append(event)
    transitions.add(to: next)
    state = next
    since = now
    return [event]
  }

  /// The state that the rounds in a row lead to, if it is another one.
  private var nextState: PartitionState? {
    switch state {
    case .connected:
      if badRounds >= configuration.threshold { return .partitioned }
      return badRounds > 0 ? .suspect : nil
    case .suspect:
      if badRounds >= configuration.threshold { return .partitioned }
      return goodRounds >= configuration.recoveryThreshold ? .connected : nil
    case .partitioned: return goodRounds > 0 ? .recovering : nil
    case .recovering:
      if badRounds >= configuration.threshold { return .partitioned }
      return goodRounds >= configuration.recoveryThreshold ? .connected : nil
    }
  }
}

extension PartitionDetector {
  /// Takes a new model: the state stays, and the rounds in a row.
  public mutating func reconfigure(_ configuration: DetectorConfiguration) { self.configuration = configuration }

  /// For metrics and status.
  public func snapshot(checkURL: String) -> PathSnapshot {
    var snapshot = PathSnapshot(
      state: state,
      since: since,
      transitions: transitions,
      checkURL: checkURL,
      checks: checks,
      checkFailuresInARow: checkFailuresInARow
    )
    snapshot.recent = recent
    return snapshot
  }
}
