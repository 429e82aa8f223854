import Agent
import Model
import Testing

/// The pair of checks of each round: every order and outcome gives one judgement, in time.
@Suite struct CentreWatchTests {
  static let configuration = DetectorConfiguration(
    threshold: 2,
    recoveryThreshold: 2,
    checkInterval: 30_000,
    checkTimeout: 10_000
  )
  let start = Moment(monotonic: 5_000, wall: 1_763_840_736_123)

  /// What becomes of one of the two requests of a round.
  enum Answer: CaseIterable { case good, bad, never }

  static let noContent = SendResult.answered(status: 204, headers: [], body: [])
  static let notFound = SendResult.answered(status: 404, headers: [], body: [])

  /// Plays a round; the health check is answered first or second.
  static func play(_ watch: inout CentreWatch, write: Answer, health: Answer, healthFirst: Bool, at now: inout Moment)
    -> [PartitionEvent]
  {
    advance(&now, to: watch.nextWake)
    let wake = watch.wake(now: now)
    guard let number = wake.check else {
      Issue.record("no round was begun at its time")
      return wake.events
    }
    var events = wake.events
    for turn in 0..<2 {
      advance(&now, to: now.monotonic + 20)
      if (turn == 0) == healthFirst {
        switch health {
        case .good: events += watch.finishHealthCheck(number, failure: nil, now: now)
        case .bad: events += watch.finishHealthCheck(number, failure: .connection, now: now)
        case .never: break
        }
      } else {
        switch write {
        case .good: events += watch.finishWriteCheck(number, noContent, now: now)
        case .bad: events += watch.finishWriteCheck(number, notFound, now: now)
        case .never: break
        }
      }
    }
    if write == .never || health == .never {
      advance(&now, to: watch.nextWake)
      let late = watch.wake(now: now)
      #expect(late.check == nil)
      events += late.events
      // Answers that come too late change nothing.
      events += watch.finishHealthCheck(number, failure: nil, now: now)
      events += watch.finishWriteCheck(number, noContent, now: now)
    }
    return events
  }

  static func advance(_ now: inout Moment, to monotonic: Int64) {
    let elapsed = max(0, monotonic - now.monotonic)
    now = Moment(monotonic: now.monotonic + elapsed, wall: now.wall + elapsed)
  }

  /// A write that gets through makes a round good whatever health says; without one, nothing does.
  @Test func everySequenceOfRoundsGoesByTheWritePath() {
    var played = 0
    func visit(_ watch: CentreWatch, _ now: Moment, _ history: [RoundKind], _ checker: EventChecker, depth: Int) {
      guard depth > 0 else { return }
      for write in Answer.allCases {
        for health in Answer.allCases {
          var next = watch
          var later = now
          var checked = checker
          let isFirst = (depth + played).isMultiple(of: 2)
          let events = Self.play(&next, write: write, health: health, healthFirst: isFirst, at: &later)
          let kind: RoundKind = write == .good ? .idle : health == .good ? .writesFailed : .checkFailed
          let longer = history + [kind]
          if !checked.check(events, next.detector)
            || next.detector.state != stateByTheBook(longer, Self.configuration)
          {
            Issue.record("\(longer) \(write) \(health): \(next.detector.state), \(events)")
          }
          played += 1
          visit(next, later, longer, checked, depth: depth - 1)
        }
      }
    }
    visit(CentreWatch(Self.configuration, now: start), start, [], EventChecker(), depth: 4)
    #expect(played == 9 + 81 + 729 + 6561)
  }

  @Test func countsWriteChecksByWhatBecameOfThem() {
    var watch = CentreWatch(Self.configuration, now: start)
    var now = start
    for answer in [Answer.good, .bad, .never] {
      _ = Self.play(&watch, write: answer, health: .good, healthFirst: true, at: &now)
    }
    #expect(watch.writeChecks[.success] == 1 && watch.writeChecks[.refused] == 1 && watch.writeChecks[.transport] == 1)
    #expect(watch.writeChecks.total == 3 && watch.detector.checks.total == 3)
  }

  /// A receiver that refuses what it was sent has read it; one that isn't there has not.
  @Test(arguments: [
    (204, true), (200, true), (400, true), (415, true), (401, false), (403, false), (404, false), (429, false),
    (500, false), (503, false),
  ])
  func anAnswerProvesThePathOrNot(status: Int, works: Bool) throws {
    var watch = CentreWatch(DetectorConfiguration(threshold: 1, checkInterval: 1000, checkTimeout: 500), now: start)
    let number = try #require(watch.wake(now: start).check)
    let result = SendResult.answered(status: status, headers: [], body: [])
    #expect(watch.finishWriteCheck(number, result, now: start).isEmpty)
    let events = watch.finishHealthCheck(number, failure: nil, now: start)
    #expect(events.map(\.to) == (works ? [] : [.partitioned]))
    if !works { #expect(events.first?.evidence.cause == .writesFailed) }
  }

  /// The wall clock decides nothing.
  @Test func aWallClockThatJumpsMovesNothing() {
    var steady = CentreWatch(Self.configuration, now: start)
    var jumping = steady
    var now = start
    var wild = start
    for round in 0..<40 {
      let answer: Answer = round % 9 < 4 ? .good : .never
      let expected = Self.play(&steady, write: answer, health: answer, healthFirst: false, at: &now)
      wild.wall += round.isMultiple(of: 2) ? 86_400_000_000 : -172_800_000_000
      let seen = Self.play(&jumping, write: answer, health: answer, healthFirst: false, at: &wild)
      #expect(seen.map(\.to) == expected.map(\.to) && seen.map(\.lasted) == expected.map(\.lasted))
    }
    #expect(steady.detector.transitions.total > 6)
  }
}
