import Agent
import Model
import Testing

@Suite struct PartitionDetectorTests {
  let start = Moment(monotonic: 1000, wall: 1_763_840_736_123)

  @Test(arguments: [
    (1, 1, 6, RoundKind.allCases), (1, 2, 6, RoundKind.allCases), (2, 2, 7, RoundKind.allCases),
    (3, 2, 7, RoundKind.allCases), (3, 1, 9, [.idle, .checkFailed]), (4, 3, 13, [.acknowledgedOnly, .writesFailed]),
    (3, 2, 9, [.acknowledgedOnly, .checkFailed, .open]),
  ])
  func everySequenceOfRoundsGoesByTheBook(threshold: Int, recovery: Int, depth: Int, kinds: [RoundKind]) {
    let configuration = DetectorConfiguration(threshold: threshold, recovery: recovery)
    var played = 0
    func visit(_ detector: PartitionDetector, _ checker: EventChecker, _ now: Moment, _ history: [RoundKind]) {
      guard history.count < depth else { return }
      for kind in kinds {
        var next = detector
        var checked = checker
        var later = now
        let events = next.play(kind, at: &later)
        let longer = history + [kind]
        if !checked.check(events, next) || next.state != stateByTheBook(longer, configuration)
          || !next.keepsBounds(rounds: longer.count)
        {
          Issue.record("\(longer): \(next.state), \(events)")
        }
        played += 1
        visit(next, checked, later, longer)
      }
    }
    visit(PartitionDetector(configuration, now: start), EventChecker(), start, [])
    // n + n² + … + n^depth.
    #expect(played == (1...depth).reduce(0) { sum, _ in (sum + 1) * kinds.count })
  }

  /// Every order of single pieces of evidence, sensible or not.
  @Test func everySequenceOfEvidenceKeepsTheRules() {
    func visit(_ detector: PartitionDetector, _ checker: EventChecker, _ now: Moment, _ number: UInt64, depth: Int) {
      guard depth > 0 else { return }
      for symbol in 0..<7 {
        var next = detector
        var checked = checker
        var later = now
        later.monotonic += 15_000
        later.wall += symbol.isMultiple(of: 2) ? 1_000_000_000 : -2_000_000_000
        var latest = number
        let events: [PartitionEvent]
        switch symbol {
        case 0: events = next.handle(.acknowledged(sampleCount: 1), now: later)
        case 1: events = next.handle(.sendFailed(.connection), now: later)
        case 2: events = next.handle(.checkSucceeded(number: number, isWaiting: true), now: later)
        case 3: events = next.handle(.checkSucceeded(number: number, isWaiting: false), now: later)
        case 4: events = next.handle(.checkFailed(number: number, .status), now: later)
        case 5: events = next.handle(.checkFailed(number: number &- 1, .status), now: later)
        default:
          let wake = next.wake(now: later)
          events = wake.events
          latest = wake.check ?? number
        }
        if !checked.check(events, next) { Issue.record("\(detector) \(symbol): \(events)") }
        if symbol < 2 || symbol == 5, !events.isEmpty { Issue.record("\(symbol) alone moved the state: \(events)") }
        visit(next, checked, later, latest, depth: depth - 1)
      }
    }
    visit(
      PartitionDetector(DetectorConfiguration(threshold: 1, recovery: 1), now: start),
      EventChecker(),
      start,
      0,
      depth: 6
    )
    visit(
      PartitionDetector(DetectorConfiguration(threshold: 2, recovery: 1), now: start),
      EventChecker(),
      start,
      0,
      depth: 6
    )
  }

  @Test(arguments: [UInt64.random(in: 0 ... .max), 1, 2, 3])
  func longRunsKeepTheRules(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let configuration = DetectorConfiguration(threshold: Int.random(in: 1...5, using: &random), recovery: 3)
    var detector = PartitionDetector(configuration, now: start)
    // The same evidence under a clock that never jumps.
    var calm = detector
    var checker = EventChecker()
    var now = start
    var numbers: [UInt64] = []
    var lastCheck = start.monotonic - configuration.checkInterval
    var failuresInARow = 0
    for _ in 0..<20_000 {
      now.monotonic += Int64.random(in: 0...20_000, using: &random)
      now.wall += Int64.random(in: -100_000_000...100_000_000, using: &random)
      let steady = Moment(monotonic: now.monotonic, wall: start.wall)
      var events: [PartitionEvent] = []
      let wake = detector.wake(now: now)
      events += wake.events
      #expect(calm.wake(now: steady).check == wake.check)
      if let number = wake.check {
        #expect(now.monotonic - lastCheck >= configuration.checkInterval, "seed \(seed)")
        lastCheck = now.monotonic
        numbers.append(number)
      }
      #expect(detector.nextWake > now.monotonic, "seed \(seed)")
      let isBroken = now.monotonic / 600_000 % 2 == 1
      var evidence: [Evidence] = []
      if let number = numbers.randomElement(using: &random) {
        let isGood = Int.random(in: 0..<20, using: &random) == 0 ? isBroken : !isBroken
        evidence.append(
          isGood
            ? .checkSucceeded(number: number, isWaiting: Bool.random(using: &random))
            : .checkFailed(number: number, .tls)
        )
      }
      if Bool.random(using: &random) {
        evidence.insert(isBroken ? .sendFailed(.timeout) : .acknowledged(sampleCount: 9), at: 0)
      }
      if numbers.count > 3 { numbers.removeFirst() }
      if !checker.check(events, detector) { Issue.record("seed \(seed): \(events)") }
      for piece in evidence {
        let failuresBefore = detector.checks[.failure]
        events = detector.handle(piece, now: now)
        let undisturbed = calm.handle(piece, now: steady)
        #expect(undisturbed.map(\.to) == events.map(\.to) && undisturbed.map(\.lasted) == events.map(\.lasted))
        if !checker.check(events, detector) { Issue.record("seed \(seed): \(events)") }
        if detector.checks[.failure] > failuresBefore { failuresInARow += 1 }
        for event in events where event.to == .partitioned {
          #expect(event.evidence.badRounds >= configuration.threshold && event.evidence.acknowledgedSamples == 0)
        }
        for event in events where event.to == .connected {
          #expect(event.evidence.goodRounds >= configuration.recoveryThreshold)
        }
      }
    }
    #expect(checker.count > 20 && failuresInARow > 0, "seed \(seed): the run shows something")
  }

  /// No run of good rounds reaches 2, none of bad ones 3.
  @Test(arguments: [[RoundKind.idle, .checkFailed], [.acknowledgedOnly, .writesFailed, .open, .writesFailed]])
  func fastFlappingIsOneEvent(pattern: [RoundKind]) {
    for prelude in [0, 3] {
      var now = start
      var detector = PartitionDetector(DetectorConfiguration(threshold: 3), now: now)
      for _ in 0..<prelude { _ = detector.play(.checkFailed, at: &now) }
      var events: [PartitionEvent] = []
      for _ in 0..<500 {
        for kind in pattern { events += detector.play(kind, at: &now) }
      }
      #expect(events.map(\.to) == [prelude == 0 ? .suspect : .recovering])
    }
  }

  /// Each cycle is as long as both thresholds together, and reaches every state.
  @Test(arguments: [(1, 3), (3, 4), (5, 4)]) func slowFlappingIsFourEventsACycle(threshold: Int, perCycle: Int) {
    var now = start
    var detector = PartitionDetector(DetectorConfiguration(threshold: threshold), now: now)
    var checker = EventChecker()
    let cycle = Array(repeating: RoundKind.checkFailed, count: threshold) + [.idle, .idle]
    for _ in 0..<100 {
      for kind in cycle {
        let events = detector.play(kind, at: &now)
        if !checker.check(events, detector) { Issue.record("\(kind): \(events)") }
      }
    }
    #expect(checker.count == UInt64(100 * perCycle) && detector.keepsBounds(rounds: 100 * cycle.count))
  }

  /// A model that is read again, at any moment, with other thresholds: no event twice, none left out, no state out of turn.
  @Test func aModelReadAgainKeepsTheRules() {
    let models = [DetectorConfiguration(threshold: 1), DetectorConfiguration(threshold: 3, recovery: 1)]
    var played = 0
    func visit(_ detector: PartitionDetector, _ checker: EventChecker, _ now: Moment, depth: Int) {
      guard depth > 0 else { return }
      for symbol in 0..<4 {
        var next = detector
        var checked = checker
        var later = now
        var events: [PartitionEvent] = []
        if symbol < 2 {
          events = next.play(symbol == 0 ? .idle : .checkFailed, at: &later)
        } else {
          next.reconfigure(models[symbol - 2])
        }
        if !checked.check(events, next) { Issue.record("\(detector) \(symbol): \(events)") }
        played += 1
        visit(next, checked, later, depth: depth - 1)
      }
    }
    visit(PartitionDetector(models[0], now: start), EventChecker(), start, depth: 8)
    #expect(played == 87_380)
  }

  @Test func goodHealthIsNoConnectionWhileWritesFail() {
    var now = start
    var detector = PartitionDetector(DetectorConfiguration(threshold: 3), now: now)
    let states = (0..<4).map { _ in
      _ = detector.play(.writesFailed, at: &now)
      return detector.state
    }
    #expect(states == [.suspect, .suspect, .partitioned, .partitioned])
    #expect(detector.checks[.success] == 4 && detector.checkFailuresInARow == 0)
    _ = detector.play(.open, at: &now)
    #expect(detector.state == .partitioned)
  }

  @Test func aCheckWithoutAnAnswerFailsInTime() throws {
    var detector = PartitionDetector(DetectorConfiguration(threshold: 1), now: start)
    #expect(detector.nextWake == start.monotonic)
    let number = try #require(detector.wake(now: start).check)
    #expect(detector.nextWake == start.monotonic + 10_000)
    let early = Moment(monotonic: start.monotonic + 9999, wall: 0)
    let nothing = detector.wake(now: early)
    #expect(nothing.check == nil && nothing.events.isEmpty)
    let late = Moment(monotonic: start.monotonic + 10_000, wall: 0)
    #expect(detector.wake(now: late).events.map(\.evidence.checkFailure) == [.timeout])
    #expect(detector.handle(.checkSucceeded(number: number, isWaiting: false), now: late).isEmpty)
    #expect(detector.state == .partitioned && detector.nextWake == start.monotonic + 30_000)
  }

  /// Nobody called for an hour: one check, not 120.
  @Test func missedChecksAreNotMadeUpFor() throws {
    var detector = PartitionDetector(DetectorConfiguration(threshold: 3), now: start)
    let number = try #require(detector.wake(now: start).check)
    _ = detector.handle(.checkSucceeded(number: number, isWaiting: false), now: start)
    let hourLater = Moment(monotonic: start.monotonic + 3_600_000, wall: 0)
    #expect(detector.wake(now: hourLater).check == number + 1)
    #expect(detector.wake(now: hourLater).check == nil)
  }

  /// For those who look later: the last events, and no more than that.
  @Test func theLastEventsAreKept() {
    var detector = PartitionDetector(DetectorConfiguration(threshold: 1, recovery: 1), now: start)
    var now = start
    var all: [PartitionEvent] = []
    for round in 0..<100 {
      all += detector.play(round.isMultiple(of: 2) ? .checkFailed : .idle, at: &now)
      #expect(detector.snapshot(checkURL: "").recent == Array(all.suffix(PartitionDetector.recentCountMax)))
    }
    #expect(all.count > PartitionDetector.recentCountMax)
  }
}
