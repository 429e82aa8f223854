import Agent
import Model
import Testing

@testable import StatusPage

@Suite struct BoundsTests {
  /// Thousands of targets, dozens of destinations, long texts that grow when they are escaped: a page of bounded size.
  @Test func aHugeAgentHasAPageOfBoundedSize() throws {
    let long = String(repeating: "\"\u{202e}", count: 20_000)
    var agent = Sample.agent(saying: long)
    let queue = agent.queues[0]
    agent.queues = Array(repeating: queue, count: 100)
    var target = try #require(agent.scraper.targets.last)
    agent.scraper.targets += Array(repeating: target, count: 5000)
    target.state = .up
    agent.scraper.targets += Array(repeating: target, count: 5000)
    let page = StatusPage(agent)
    #expect(page.html.count < 1 << 20, "\(page.html.count) bytes")
    #expect(page.queues.count == StatusPage.queueCountMax && page.omittedQueueCount == 100 - StatusPage.queueCountMax)
    #expect(page.targets.listed.count == TargetList.listedCountMax)
    let text = String(decoding: page.html, as: UTF8.self)
    #expect(text.contains("and 88 destinations more") && text.contains("4,901 down, 5,002 up"))
  }

  @Test func theUnhealthyAreListedFirst() {
    let up = (0..<150).map { Sample.target("node", "up-\($0):1", .up) }
    let unhealthy = [Sample.target("node", "new:1", .unknown), Sample.target("node", "down:1", .down)]
    let list = TargetList(up + unhealthy)
    #expect(list.listed.prefix(3).map(\.instance) == ["down:1", "new:1", "up-0:1"])
    #expect(list.listed.count == 100 && list.omitted[.up] == 52 && list.omitted[.down] == 0)
    #expect(list.counts[.up] == 150 && list.counts[.down] == 1 && list.counts[.unknown] == 1)
  }

  @Test func textsAreCut() {
    #expect(shortened("abc", to: 3) == "abc")
    #expect(shortened("abcd", to: 3) == "abc\u{2026}")
    #expect(shortened("", to: 3) == "")
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (1_000_007, "1,000,007"), (UInt64.max, "18,446,744,073,709,551,615"),
  ])
  func numbersAreExact(number: UInt64, text: String) { #expect(exact(number) == text) }

  @Test(arguments: [
    (0, "now"), (-6000, "6s ago"), (6000, "6s ahead"), (Int64.max, "- ahead"), (Int64.min, "- ago"),
  ])
  func agesOfAnyTimestampAreSaid(offset: Int64, text: String) { #expect(age(offset, 0) == text) }

  /// Whatever the clocks and counters say, a page comes of it.
  @Test func extremesAreWritten() {
    var agent = Sample.draining
    for extreme in [Int64.min, 0, .max] {
      agent.queues[0].oldestUnsent = extreme
      agent.queues[0].newestTaken = extreme
      agent.queues[0].sender.highestSent = extreme
      agent.queues[0].sender.lastSuccess = extreme
      agent.queues[0].sender.lastError = ErrorSnapshot(message: "", time: extreme)
      agent.queues[0].gaps.lastSuccess = extreme
      agent.queues[0].takenPerSecond = extreme == 0 ? .nan : .infinity
      agent.queues[0].deliveredPerSecond = extreme == 0 ? .infinity : .nan
      agent.queues[0].trace.add(.max, now: agent.now.monotonic)
      agent.queues[0].unsentBytes = .max
      agent.scraper.targets[0].lastScrape = extreme
      #expect(StatusPage(agent).html.count > 1000)
    }
  }
}
