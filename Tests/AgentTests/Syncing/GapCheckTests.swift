import Model
import Samples
import Spool
import Testing

@testable import Agent

@Suite struct GapCheckTests {
  /// Everything that was collected is at the centre, then some of it no more.
  private func world(scrapes: Int = 40, targets: Int = 3, series: Int = 50) throws -> SyncWorld {
    let world = try World()
    try world.scrape(targets: targets, series: series, times: scrapes)
    try world.run(for: 60_000)
    world.check()
    return try SyncWorld(world)
  }

  @Test func aCentreThatHasAllGetsNothing() throws {
    let sync = try world()
    let report = try sync.run()
    #expect(report.result == .complete)
    #expect(report.gaps.isEmpty && sync.requests == 0)
    #expect(report.comparedSamples == 40 * 3 * 50)
    #expect(sync.check.counts.found == 0 && sync.check.counts.runs[.success] == 1)
  }

  @Test func aCentreThatForgotEverythingGetsEverySample() throws {
    let sync = try world()
    let before = sync.world.ledger
    let all = sync.stored
    sync.stored = []
    let report = try sync.run()
    #expect(report.result == .complete, "\(report.error ?? "")")
    #expect(sync.stored == all)
    #expect(sync.replayed == all.count, "once each")
    #expect(report.gaps.allSatisfy { $0.state == .filled } && !report.gaps.isEmpty)
    #expect(report.gaps.reduce(0) { $0 + $1.samples } == UInt64(all.count))
    #expect(sync.check.counts.found == UInt64(report.gaps.count))
    #expect(sync.check.counts.replayedSamples == UInt64(all.count))
    // What goes again was counted before.
    #expect(sync.world.ledger == before)
    #expect(try sync.run().gaps.isEmpty)
    #expect(sync.replayed == all.count)
  }

  @Test func onlyTheTargetAndTheTimeThatAreMissingGoAgain() throws {
    let sync = try world()
    let all = sync.stored
    let grid = sync.configuration.grid
    let times = Set(all.map { grid.range(of: $0.timestamp) }).sorted()
    let lost = all.filter { $0.series.hasSuffix("instance=t1") && grid.range(of: $0.timestamp) == times[3] }
    sync.stored.subtract(lost)
    let report = try sync.run()
    #expect(report.result == .complete)
    #expect(sync.stored == all && sync.replayed == lost.count)
    #expect(report.gaps.count == 1)
    #expect(report.gaps.first?.samples == UInt64(lost.count))
    #expect(report.gaps.first?.found == 0)
  }

  /// A request that is lost as a whole can't lack unseen: it has a witness in it.
  @Test(arguments: 0..<20) func aRunOfLostSamplesIsSeen(seed: UInt64) throws {
    let world = try World(seed: seed)
    try world.scrape(targets: 1, series: 700, times: 4)
    try world.run(for: 60_000)
    let sync = try SyncWorld(world)
    sync.configure { $0.samplesPerRequestMax = 200 }
    var random = SeededGenerator(seed: seed)
    let all = sync.stored
    let time = try #require(all.map(\.timestamp).randomElement(using: &random))
    let first = Int.random(in: 0...600, using: &random)
    let lost = all.filter { key in
      key.timestamp == time && (first..<first + 100).contains { key.series.hasPrefix("__name__=metric_\($0),") }
    }
    #expect(lost.count == 100)
    sync.stored.subtract(lost)
    #expect(try sync.run().result == .complete)
    #expect(sync.stored == all, "seed \(seed): \(all.subtracting(sync.stored).count) were not seen to be missing")
  }

  @Test func whatIsQueuedIsNoGap() throws {
    let world = try World()
    try world.scrape(targets: 2, series: 20, times: 10)
    world.receiver.plan = { _, _, _ in .fail(.connect, stored: false, latency: 1) }
    try world.scrape(targets: 2, series: 20, times: 10)
    #expect(world.ledger.queued >= 400)
    let sync = try SyncWorld(world)
    let report = try sync.run()
    #expect(report.result == .complete && report.gaps.isEmpty && sync.requests == 0)
    #expect(report.comparedSamples == world.ledger.delivered)
  }

  @Test func aCentreThatLiesGetsLittle() throws {
    let sync = try world(scrapes: 200)
    sync.configure {
      $0.trialSampleCount = 500
      $0.window = nil
    }
    sync.isLying = true
    var replays: [Int] = []
    // A day of requests for a check every ten minutes.
    for _ in 0..<144 {
      let before = sync.replayed
      let report = try sync.run(after: 600_000)
      #expect(report.result == .gaps)
      replays.append(sync.replayed - before)
    }
    #expect(replays.allSatisfy { $0 <= 700 }, "\(replays)")
    #expect(replays.count { $0 > 0 } <= 8, "\(replays)")
    #expect(sync.check.counts.lostSamples[.other] > 0)
    // It says the truth again: the rest follows, once it is trusted.
    sync.isLying = false
    sync.stored = []
    for _ in 0..<3 { try sync.run(after: 86_400_000 / 2) }
    #expect(sync.stored.count > 20_000)
  }

  /// What was sent again may be there and not be shown yet: that is neither a loss nor a lie.
  @Test(arguments: [(0, true), (5_000, true), (11_000, true), (60_000, false)])
  func aCentreThatShowsItLaterIsAskedAgain(hidden: Int64, isComplete: Bool) throws {
    let sync = try world()
    sync.configure { $0.visibleAfter = 4_000 }
    let all = sync.stored
    sync.stored = []
    sync.hidesFor = hidden
    let report = try sync.run()
    #expect(report.result == (isComplete ? .complete : .gaps))
    #expect((sync.stored == all) == isComplete && (sync.check.counts.lostSamples.total == 0) == isComplete)
    #expect(sync.replayed <= all.count, "once each")
  }

  /// Whatever is missing: no more in any time than the rate, and the quarter second that may be saved up.
  @Test(arguments: [50, 1000, 20_000]) func aRefillKeepsToItsRate(rate: Int) throws {
    let sync = try world()
    sync.configure {
      $0.rate = rate
      $0.samplesPerRequestMax = 100
    }
    let all = sync.stored
    sync.stored = []
    for _ in 0..<10 where sync.stored != all { try sync.run() }
    #expect(sync.stored == all)
    for (index, first) in sync.arrivals.enumerated() {
      var sent = 0
      for arrival in sync.arrivals[index...] {
        if sent > rate / 4 + 1 + rate * Int(arrival.time - first.time) / 1000 {
          Issue.record("\(sent) samples in \(arrival.time - first.time) ms")
        }
        sent += arrival.samples
      }
    }
  }

  @Test func theBudgetOfACheckHolds() throws {
    let sync = try world(scrapes: 120)
    sync.configure {
      $0.trialSampleCount = 100
      $0.replaySampleCountMax = 5000
    }
    let all = sync.stored
    sync.stored = []
    let first = try sync.run()
    #expect(first.result == .gaps && sync.replayed <= 5000)
    #expect(first.gaps.contains { $0.state == .pending } && first.gaps.contains { $0.state == .filled })
    for _ in 0..<10 where sync.stored != all { try sync.run() }
    #expect(sync.stored == all)
  }

  @Test func refusedSamplesAreNamedAndNotTriedForEver() throws {
    let sync = try world()
    let all = sync.stored
    sync.stored = all.filter { !$0.series.hasSuffix("instance=t2") }
    sync.refuses = { $0.series == "__name__=metric_49,instance=t2" }
    let report = try sync.run()
    #expect(report.result == .gaps)
    #expect(report.refusedSamples > 0)
    let missing = all.subtracting(sync.stored)
    #expect(missing.allSatisfy { sync.refuses($0) || $0.series.hasSuffix("instance=t2") })
    let requests = sync.requests
    let again = try sync.run(after: 900_000)
    #expect(again.gaps.allSatisfy { $0.state == .unfillable(.tooOld) || $0.state == .pending })
    #expect(sync.requests < requests * 2)
  }

  @Test func whatIsBeyondTheWindowIsLeftAlone() throws {
    let sync = try world(scrapes: 80)
    sync.configure { $0.window = 600_000 }
    let all = sync.stored
    sync.stored = []
    let report = try sync.run()
    #expect(report.result == .gaps)
    #expect(report.gaps.contains { $0.state == .unfillable(.tooOld) } && report.gaps.contains { $0.state == .filled })
    let lost = report.gaps.filter { $0.state == .unfillable(.tooOld) }.reduce(0) { $0 + $1.samples }
    #expect(lost + UInt64(sync.stored.count) == UInt64(all.count))
    #expect(sync.check.counts.lostSamples[.tooOld] == lost)
    try sync.run()
    #expect(sync.check.counts.lostSamples[.tooOld] >= lost && sync.check.counts.lostSamples[.other] == 0)
  }

  @Test(arguments: [503, 429, 401]) func aCentreThatFailsEndsTheCheck(status: Int) throws {
    let sync = try world()
    sync.stored = []
    sync.status = status
    let report = try sync.run()
    #expect(report.result == .gaps && report.error?.contains("\(status)") == true)
    #expect(sync.requests <= 6)
    #expect(report.gaps.allSatisfy { $0.state == .pending })
    sync.status = nil
    #expect(try sync.run().result == .complete)
  }

  @Test func twoWhoAskGetTheSameCheck() throws {
    let sync = try world()
    var check = sync.check
    let now = sync.world.moment
    #expect(check.request(now: now) == 1)
    #expect(check.request(now: now) == 1)
    #expect(check.step(isClear: true, now: now).count == 1)
    // It has begun: what is asked for now is the next.
    #expect(check.request(now: now) == 2)
    #expect(check.request(now: now) == 2)
    #expect(check.step(isClear: true, now: now).isEmpty)
  }

  @Test func aKindThatAnswersNoQueriesIsSaidSo() throws {
    let sync = try world(scrapes: 1)
    sync.configure { $0.answersQueries = false }
    let report = try sync.run()
    #expect(report.result == .failed && report.error != nil && sync.questions == 0)
    #expect(sync.check.counts.runs[.failure] == 1)
  }
}
