import Agent

/// One agent that is asked to compare itself: what to do next, by what it answered. Times are monotonic milliseconds.
struct AgentVisit {
  enum Request: Hashable {
    /// `POST /-/sync`.
    case ask
    /// `GET /api/v1/gaps`.
    case look
    /// One series at the centre, in a time.
    case verify(Verification)
  }

  /// A filled gap that is looked for at the centre.
  struct Verification: Hashable {
    let series: String
    let from: String
    let until: String
    let delivered: UInt64
  }

  enum Stage { case waiting, asking, looking, verifying, ended }

  /// Filled gaps of one agent that are looked for.
  private static let verificationCountMax = 20
  private static let triesMax = 3
  private static let pauseMin: Int64 = 250
  private static let pauseMax: Int64 = 5000

  private(set) var report: AgentReport
  private(set) var stage = Stage.waiting
  private(set) var isRefilling = false
  /// When the next request may go, where none is on its way.
  private(set) var notBefore: Int64 = 0
  private var isBusy = false
  private var failures = 0
  private var pause = Self.pauseMin
  private var started: Int64 = 0
  private var numbers: [String: UInt64] = [:]
  private var verifications: [Verification] = []
  private let isOneRound: Bool

  init(_ address: String, isOneRound: Bool) {
    report = AgentReport(address)
    self.isOneRound = isOneRound
  }

  /// Whether it takes one of the places of those that compare themselves now: a refill has a rate of its own.
  var isActive: Bool { stage != .waiting && stage != .ended && !isRefilling }

  /// Begins, where it waits for its turn.
  mutating func begin(now: Int64) {
    stage = .asking
    started = now
    notBefore = now
  }

  /// The next request, if one is due and none is on its way.
  mutating func next(now: Int64) -> Request? {
    guard !isBusy, now >= notBefore else { return nil }
    switch stage {
    case .waiting, .ended: return nil
    case .asking:
      isBusy = true
      return .ask
    case .looking:
      isBusy = true
      return .look
    case .verifying:
      guard let verification = verifications.popLast() else {
        end(now)
        return nil
      }
      isBusy = true
      return .verify(verification)
    }
  }

  /// When it has something to do, if nothing is on its way.
  var wake: Int64? { isBusy || stage == .waiting || stage == .ended ? nil : notBefore }

  mutating func fail(_ text: String, now: Int64) {
    isBusy = false
    if stage == .verifying {
      // What can't be asked isn't known to be missing.
      report.error = "not verified: \(text)"
      return
    }
    failures += 1
    if failures >= Self.triesMax {
      report.result = .failed
      report.error = text
      end(now)
    } else {
      notBefore = now + 1000
    }
  }

  /// The answer to `ask`: which checks to wait for.
  mutating func asked(_ checks: [String: UInt64], now: Int64) {
    isBusy = false
    failures = 0
    numbers = checks
    stage = .looking
    pause = Self.pauseMin
    notBefore = now + pause
  }

  /// The answer to `look`.
  mutating func looked(_ reading: GapsReading, now: Int64) {
    isBusy = false
    failures = 0
    report.node = reading.node
    isRefilling = reading.queues.contains { $0.isRefilling }
    let isOver = reading.queues.allSatisfy { ($0.check?.number ?? 0) >= numbers[$0.name] ?? 0 }
    guard isOver else {
      pause = min(pause * 3 / 2, Self.pauseMax)
      notBefore = now + pause
      return
    }
    isRefilling = false
    take(reading)
    // Something that waits only for the next check, and this one did some of it.
    if !isOneRound, report.pendingGapCount > 0, reading.queues.contains(where: { ($0.check?.replayedSamples ?? 0) > 0 })
    {
      stage = .asking
    } else {
      stage = .verifying
    }
    notBefore = now
  }

  private mutating func take(_ reading: GapsReading) {
    report.rounds += 1
    (report.pendingGapCount, report.unfillableGapCount, report.openGaps) = (0, 0, [])
    report.comparedSamples = 0
    report.error = nil
    var results: Set<String> = []
    for queue in reading.queues {
      guard let check = queue.check else { continue }
      results.insert(check.result)
      report.comparedSamples += check.comparedSamples
      report.replayedSamples += check.replayedSamples
      report.error = report.error ?? check.error
      for gap in check.gaps { take(gap) }
    }
    report.result = results.contains("failed") ? .failed : results == ["complete"] ? .complete : .gaps
  }

  private mutating func take(_ gap: GapsReading.Gap) {
    switch gap.state {
    case "filled":
      report.filledGapCount += 1
      if verifications.count < Self.verificationCountMax {
        verifications.append(
          Verification(series: gap.series, from: gap.from, until: gap.until, delivered: gap.delivered)
        )
      }
      return
    case "pending": report.pendingGapCount += 1
    default: report.unfillableGapCount += 1
    }
    guard report.openGaps.count < AgentReport.openGapCountMax else { return }
    report.openGaps.append(
      AgentReport.OpenGap(
        from: gap.from,
        until: gap.until,
        reason: gap.reason ?? gap.state,
        samples: gap.samples,
        series: gap.series
      )
    )
  }

  /// The answer to `verify`.
  /// - Parameter found: samples that the centre has.
  mutating func verified(_ verification: Verification, found: UInt64) {
    isBusy = false
    report.verifiedGapCount += 1
    if found < verification.delivered { report.deniedGapCount += 1 }
  }

  /// The time of all is over.
  mutating func expire(now: Int64) {
    guard stage != .ended else { return }
    if stage != .verifying {
      report.result = .failed
      report.error = stage == .waiting ? "its turn didn't come in time" : "it wasn't done in time"
    }
    end(now)
  }

  private mutating func end(_ now: Int64) {
    stage = .ended
    isRefilling = false
    isBusy = false
    if report.deniedGapCount > 0, report.result == .complete { report.result = .gaps }
    report.lastedMilliseconds = started == 0 ? 0 : now - started
  }
}
