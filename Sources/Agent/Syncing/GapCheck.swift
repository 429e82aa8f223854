import Model

/// Compares what was delivered to one destination with what is there, and refills what is missing from the spool. A state machine:
///
///     survey ──► ask ──► trial: some of it again ──► ask ──► the rest, within the budget ──► ask ──► report
///
/// What is queued is no gap. Nothing moves in the ledger: what goes again was delivered before, and is counted apart. A centre that shows
/// nothing of the trial gets no more until later, each time twice as late: whatever it answers, it can't make a node flood it.
struct GapCheck {
  enum Purpose { case comparison, secondLook, trial, rest }

  enum Stage {
    case surveying
    case asking(Purpose)
    case refilling(Purpose)
    /// Until what was sent again can be seen; monotonic.
    case settling(Purpose, until: Int64)
  }

  /// A check under way.
  struct Running {
    var report: SyncReport
    var stage = Stage.surveying
    var comparison: Comparison?
    var inquiry: Inquiry?
    var refill: Refill?
    /// All that the comparison found.
    var lacks: [Lack: LackCount] = [:]
    /// Of these, what can be sent again; and what the refill under way is for.
    var candidates: Set<Lack> = []
    var tried: Set<Lack> = []
    /// How often the centre is asked, at most, for what was sent again, the time that comes included.
    var looks = 0
    var filled: Set<Lack> = []
    var sent: Set<HeldRange> = []
    /// The last range that was compared.
    var newestRange = Int64.min
    /// Up to when that was counted, where it wasn't over.
    var cut: Int64?
    /// Monotonic.
    let deadline: Int64
  }

  var configuration: SyncConfiguration
  var generator: SeededGenerator
  var bucket: TokenBucket
  var table = WitnessTable()
  var running: Running?
  var last: SyncReport?
  var counts = GapSnapshot()
  /// What didn't come to be there though it was sent again, and why.
  var futile: [Lack: GapLossLabel] = [:]
  /// Unfillable, and counted as such.
  var counted: Set<Lack> = []
  /// What the check before left, with its samples.
  var pending: [Lack: UInt64] = [:]
  /// How often in a row a trial showed nothing, and when the next one may be; monotonic.
  var distrust = 0
  var trustAfter = Int64.min
  private(set) var started: UInt64 = 0
  private var nextDue: Int64
  private var requested = false
  private var lastStart: Int64?
  private var nextNumber: UInt64 = 1
  /// Monotonic: when `step` has something to do.
  private(set) var nextWake: Int64?
  var outbox: [SyncAction] = []

  static let witnessCountMax = 512
  /// Between the starts of two checks.
  private static let startPause: Int64 = 5000
  /// What is remembered is forgotten at once when there is more: a gap is then tried once more.
  static let memoryCountMax = 50_000

  init(_ configuration: SyncConfiguration, seed: UInt64, now: Moment) {
    self.configuration = configuration
    generator = SeededGenerator(seed: seed)
    bucket = TokenBucket(rate: configuration.rate, now: now.monotonic)
    nextDue = Self.due(configuration, after: now)
    nextWake = nextDue
  }

  /// The next moment of this node's own, by the wall clock.
  private static func due(_ configuration: SyncConfiguration, after now: Moment) -> Int64 {
    let passed = (now.wall - configuration.phase) % configuration.interval
    return now.monotonic + configuration.interval - (passed < 0 ? passed + configuration.interval : passed)
  }

  mutating func reconfigure(_ configuration: SyncConfiguration, now: Moment) {
    if configuration.grid != self.configuration.grid {
      // Ranges have other numbers now.
      (futile, counted, pending) = ([:], [], [:])
      if running != nil { end(.failed, "the model changed", now: now) }
    }
    self.configuration = configuration
    bucket.rate = configuration.rate
    nextDue = Self.due(configuration, after: now)
    nextWake = now.monotonic
  }

  /// Asks for a check that begins from now on; several that ask meanwhile get the same one.
  /// - Returns: its number.
  mutating func request(now: Moment) -> UInt64 {
    requested = true
    nextWake = now.monotonic
    return started + 1
  }

  /// - Parameter isClear: whether nothing waits that goes before a refill.
  mutating func step(isClear: Bool, now: Moment) -> [SyncAction] {
    if running == nil { startIfDue(now) }
    drive(isClear: isClear, now)
    let actions = outbox
    outbox.removeAll()
    if running == nil { nextWake = startTime(now) }
    return actions
  }

  private func startTime(_ now: Moment) -> Int64 {
    let earliest = lastStart.map { $0 + Self.startPause } ?? now.monotonic
    return requested ? max(earliest, now.monotonic) : max(nextDue, earliest)
  }

  private mutating func startIfDue(_ now: Moment) {
    guard requested || now.monotonic >= nextDue, startTime(now) <= now.monotonic else { return }
    requested = false
    lastStart = now.monotonic
    if now.monotonic >= nextDue { nextDue = Self.due(configuration, after: now) }
    started += 1
    running = Running(
      report: SyncReport(started, now),
      deadline: now.monotonic + max(configuration.interval * 4 / 5, 60_000)
    )
    running?.report.resolution = configuration.grid.width
    guard configuration.answersQueries else {
      return end(.failed, "a centre of this kind answers no queries", now: now)
    }
    outbox.append(
      .survey(
        SurveyOrder(
          destination: configuration.destination,
          grid: configuration.grid,
          spacing: max(configuration.samplesPerRequestMax / 2, 1)
        )
      )
    )
  }

  private mutating func drive(isClear: Bool, _ now: Moment) {
    nextWake = nil
    guard let stage = running?.stage else { return }
    switch stage {
    case .surveying, .asking: return
    case .settling(let purpose, let until):
      if until > now.monotonic {
        nextWake = until
      } else {
        askAgain(purpose)
      }
    case .refilling(let purpose): refill(purpose, isClear: isClear, now)
    }
  }

  private mutating func refill(_ purpose: Purpose, isClear: Bool, _ now: Moment) {
    guard let deadline = running?.deadline, now.monotonic < deadline else {
      return end(.gaps, "the time of one check is over", now: now)
    }
    switch running?.refill?.step(nextNumber, &bucket, isClear: isClear, now: now) {
    case .read(let order): outbox.append(.read(order))
    case .send(let request):
      nextNumber += 1
      outbox.append(.send(request))
    case .wait(let until): nextWake = until
    case .failed(let text): end(.gaps, text, now: now)
    case .done: refilled(purpose, now)
    case nil: return
    }
  }

  private mutating func refilled(_ purpose: Purpose, _ now: Moment) {
    guard let refill = running?.refill else { return }
    running?.report.refusedSamples += refill.refused
    if refill.unreadable > 0 { counts.lostSamples.add(refill.unreadable, to: .corrupt) }
    settle(purpose, now)
  }

  /// Gives the centre the time that it takes to show what it has.
  mutating func settle(_ purpose: Purpose, _ now: Moment) {
    let until = now.monotonic + configuration.visibleAfter
    running?.stage = .settling(purpose, until: until)
    nextWake = until
  }

  private mutating func askAgain(_ purpose: Purpose) {
    guard let tried = running?.tried, let first = tried.map(\.range).min(), let last = tried.map(\.range).max() else {
      preconditionFailure("BUG: a refill of nothing")
    }
    let cut = last == running?.newestRange ? running?.cut : nil
    ask(Inquiry(Set(tried.map(\.witness)).sorted(), first...last, cut: cut), purpose)
  }

  /// Puts the first question of several.
  mutating func ask(_ inquiry: Inquiry, _ purpose: Purpose) {
    running?.inquiry = inquiry
    running?.stage = .asking(purpose)
    putNextQuestion()
  }

  /// - Returns: false where all are answered.
  @discardableResult private mutating func putNextQuestion() -> Bool {
    guard let question = running?.inquiry?.next(nextNumber, configuration.grid, table) else { return false }
    nextNumber += 1
    running?.report.questionCount += 1
    outbox.append(.ask(question))
    return true
  }

  mutating func wake(at time: Int64) { nextWake = time }

  mutating func finishSurvey(_ survey: Survey, now: Moment) {
    guard case .surveying = running?.stage else { return }
    nextWake = now.monotonic
    if let failure = survey.failure { return end(.failed, failure, now: now) }
    begin(survey, now)
  }

  mutating func finishQuestion(_ number: UInt64, _ result: QuestionResult, now: Moment) {
    guard case .asking(let purpose) = running?.stage, let asked = running?.inquiry?.asked, asked.number == number else {
      return
    }
    nextWake = now.monotonic
    do throws(CentreAnswer.Problem) { running?.inquiry?.take(try CentreAnswer(asked, result)) } catch {
      return end(purpose == .trial || purpose == .rest ? .gaps : .failed, error.text, now: now)
    }
    if !putNextQuestion() { judge(purpose, now) }
  }

  mutating func finishRead(_ batch: ReplayBatch, now: Moment) {
    guard case .refilling = running?.stage else { return }
    running?.refill?.take(batch, now: now)
    nextWake = now.monotonic
  }

  mutating func finishReplay(_ id: UInt64, _ result: SendResult, now: Moment) {
    guard case .refilling = running?.stage else { return }
    let count = running?.refill?.finish(id, result, using: &generator, now: now) ?? 0
    running?.report.replayedSamples += UInt64(count)
    counts.replayedSamples += UInt64(count)
    nextWake = now.monotonic
  }
}
