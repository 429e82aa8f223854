import Agent
import Samples
import Testing

@Suite struct ScrapeScheduleTests {
  @Test func eachTargetHasItsPlaceInTheInterval() {
    let harness = ScraperHarness { $0.concurrentScrapesMax = 1000 }
    let targets = (0..<200).map { Labels([("__address__", "h\($0)")]) }
    harness.perform(harness.scraper.setTargets(job: "j", groups: [TargetGroup(targets: targets)], now: harness.now))
    var times: [String: [Int64]] = [:]
    while harness.now.monotonic < 1_000_000 + 60_000 {
      harness.wake()
      while !harness.open.isEmpty {
        times[harness.open[0].url, default: []].append(harness.now.wall)
        harness.answer(.text("a 1\n"), after: 0)
      }
    }
    #expect(times.count == 200)
    #expect(times.values.allSatisfy { (4...5).contains($0.count) && Set($0.map { $0 % 15_000 }).count == 1 })
    // Spread out: no twentieth of the interval has more than a tenth of them.
    let places = times.values.map { $0[0] % 15_000 / 750 }
    #expect(Dictionary(grouping: places) { $0 }.values.allSatisfy { $0.count <= 20 })
  }

  @Test func thePlaceIsStableAndDiffersBetweenNodes() {
    func due(_ seed: UInt64) -> Int64? {
      let harness = ScraperHarness { $0.offsetSeed = seed }
      harness.setTargets("h")
      return harness.scraper.nextWake
    }
    #expect(due(1) == due(1))
    #expect(Set((0..<20).map { due($0) }).count > 15)
  }

  @Test(arguments: [(0, 0), (2, 0), (3, 3), (400, 400)] as [(Int64, Int64)])
  func timestampsAreTheMomentsThatWereDue(late: Int64, off: Int64) throws {
    let harness = ScraperHarness()
    harness.setTargets("h")
    harness.wake()
    let first = try #require(harness.answer(.text("a 1\n"))).timestamps[0]
    let due = try #require(harness.scraper.nextWake)
    harness.pass(due - harness.now.monotonic + late)
    harness.perform(harness.scraper.step(now: harness.now, table: &harness.table))
    #expect(harness.answer(.text("a 1\n"))?.timestamps == [first + 15_000 + off])
    // Late once, in its place again.
    harness.wake()
    #expect(harness.answer(.text("a 1\n"))?.timestamps == [first + 30_000])
  }

  @Test func afterASleepThereIsOneScrape() throws {
    let harness = ScraperHarness()
    harness.setTargets("h")
    harness.wake()
    harness.answer(.text("a 1\n"))
    harness.pass(8 * 3_600_000 + 1234)
    harness.perform(harness.scraper.step(now: harness.now, table: &harness.table))
    #expect(harness.open.count == 1)
    harness.answer(.text("a 1\n"))
    #expect(harness.scraper.step(now: harness.now, table: &harness.table).isEmpty)
    #expect(try #require(harness.scraper.nextWake) - harness.now.monotonic <= 16_500)
  }

  @Test(arguments: [-3_600_000, -7, 7, 3_600_000] as [Int64]) func theWallClockIsFollowed(jump: Int64) throws {
    let harness = ScraperHarness()
    harness.setTargets("h")
    harness.wake()
    let place = try #require(harness.answer(.text("a 1\n"))).timestamps[0] % 15_000
    harness.now.wall += jump
    for _ in 0..<3 {
      let before = harness.now.monotonic
      harness.wake()
      #expect(harness.open.count == 1 && harness.now.monotonic - before <= 30_000)
      harness.answer(.text("a 1\n"))
    }
    #expect(try #require(harness.batches.last).timestamps[0] % 15_000 == place)
  }

  @Test func noTargetIsScrapedTwiceAtOnce() {
    let harness = ScraperHarness()
    harness.setTargets("h")
    for _ in 0..<4 { harness.wake() }
    #expect(harness.open.count == 1 && harness.scraper.counters.skipped == 3)
    harness.answer(.text("a 1\n"))
    harness.wake()
    #expect(harness.open.count == 1)
  }

  @Test func onlySoManyAtOnceAndEachInTurn() throws {
    let harness = ScraperHarness { $0.concurrentScrapesMax = 2 }
    let targets = (0..<6).map { Labels([("__address__", "h\($0)")]) }
    harness.perform(harness.scraper.setTargets(job: "j", groups: [TargetGroup(targets: targets)], now: harness.now))
    harness.pass(20_000)
    harness.perform(harness.scraper.step(now: harness.now, table: &harness.table))
    #expect(harness.open.count == 2 && harness.scraper.counters.limitHits == [.concurrentScrapes: 4])
    var seen: Set<String> = []
    for _ in 0..<6 {
      seen.insert(harness.open[0].url)
      harness.answer(.text("a 1\n"), after: 1)
      #expect(harness.scraper.nextWake ?? 0 <= harness.now.monotonic || seen.count > 4)
      harness.perform(harness.scraper.step(now: harness.now, table: &harness.table))
      #expect(harness.open.count <= 2)
    }
    #expect(seen.count == 6)
    #expect(harness.scraper.counters.limitHits == [.concurrentScrapes: 4])
  }
}
