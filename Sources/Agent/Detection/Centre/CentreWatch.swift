public import Model

/// Watches the path to the centre for who writes nothing there: each round has a health check and a write request without samples,
/// and is judged when both have ended.
///
/// Health alone proves little: it is answered by another part of the centre than takes samples, and goes on being 200 while every
/// write is answered 404 or 500. An empty write request goes the way that samples go, and stores nothing.
public struct CentreWatch: Sendable {
  public private(set) var detector: PartitionDetector
  /// By what became of them.
  public private(set) var writeChecks = Tally<RequestLabel>()
  private var round: Round?

  private struct Round: Hashable, Sendable {
    let number: UInt64
    let deadline: Int64
    /// What the write request said, once it has ended.
    var write: Evidence?
    /// What the health check said: the inner one is nothing where it was good.
    var health: CheckFailure??

    init(number: UInt64, deadline: Int64) {
      self.number = number
      self.deadline = deadline
    }
  }

  public init(_ configuration: DetectorConfiguration, now: Moment) {
    detector = PartitionDetector(configuration, now: now)
  }

  /// When `wake` is to be called next, in monotonic milliseconds.
  public var nextWake: Int64 { detector.nextWake }

  /// Gives up what was not answered in time, and begins a round that is due: `check` is the number of both its requests.
  public mutating func wake(now: Moment) -> PartitionDetector.Wake {
    var events: [PartitionEvent] = []
    if let current = round, now.monotonic >= current.deadline {
      if current.write == nil {
        round?.write = .sendFailed(.timeout)
        writeChecks.add(to: .transport)
      }
      if round?.health == nil { round?.health = .some(.timeout) }
      events = endRound(now: now)
    }
    let wake = detector.wake(now: now)
    if let number = wake.check {
      round = Round(number: number, deadline: now.monotonic + detector.configuration.checkTimeout)
    }
    return PartitionDetector.Wake(check: wake.check, events: events + wake.events)
  }

  /// Takes the outcome of a health check: nothing where it was good.
  public mutating func finishHealthCheck(_ number: UInt64, failure: CheckFailure?, now: Moment) -> [PartitionEvent] {
    guard round?.number == number, round?.health == nil else { return [] }
    round?.health = .some(failure)
    return endRound(now: now)
  }

  /// Takes the outcome of a write request without samples.
  public mutating func finishWriteCheck(_ number: UInt64, _ result: SendResult, now: Moment) -> [PartitionEvent] {
    guard round?.number == number, round?.write == nil else { return [] }
    let status: Int? = if case .answered(let status, _, _) = result { status } else { nil }
    writeChecks.add(to: RequestLabel(status: status))
    round?.write = Evidence(result, settledSampleCount: 0)
    return endRound(now: now)
  }

  /// Takes a new model: the state stays.
  public mutating func reconfigure(_ configuration: DetectorConfiguration) { detector.reconfigure(configuration) }

  private mutating func endRound(now: Moment) -> [PartitionEvent] {
    guard let ended = round, let write = ended.write, let health = ended.health else { return [] }
    round = nil
    let events = detector.handle(write, now: now)
    if let failure = health {
      return events + detector.handle(.checkFailed(number: ended.number, failure), now: now)
    }
    return events + detector.handle(.checkSucceeded(number: ended.number, isWaiting: false), now: now)
  }
}
