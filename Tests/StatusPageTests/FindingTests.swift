import Agent
import Model
import Testing

@testable import StatusPage

@Suite struct FindingTests {
  private func summaries(_ agent: AgentSnapshot) -> [String] { Finding.all(agent).map(\.summary) }

  @Test func saysWhatMattersFirst() {
    #expect(summaries(Sample.healthy) == ["All well"])
    #expect(summaries(Sample.cutOff) == ["Cut off", "Targets down", "Alerts fire"])
    #expect(summaries(Sample.draining) == ["Recovering", "Catching up"])
    #expect(summaries(Sample.severalDestinations) == ["Destination failing"])
    #expect(summaries(Sample.nothingConfigured) == ["Idle"])
  }

  @Test func cutOffSaysHowLongTheDiskLasts() throws {
    let finding = try #require(Finding.all(Sample.cutOff).first)
    #expect(finding.headline == "Cut off from the centre for 12m4s")
    #expect(finding.detail.hasPrefix("Samples are kept on disk: 1.23 M samples so far. There is room for another "))
  }

  @Test func aDrillIsCalledADrill() throws {
    var agent = Sample.cutOff
    agent.drill = try PathDrill(query: "seconds=40", isEnabled: true, current: nil, now: agent.now)
    #expect(Finding.all(agent)[0].detail.hasPrefix("A drill cuts the path; it ends in 40s. "))
  }

  @Test func faultsOfTheMachineComeBeforeThoseOfTheNetwork() {
    var agent = Sample.cutOff
    agent.spool.degraded = "write 0001.seg: error 5"
    agent.program.isLastReloadGood = false
    #expect(summaries(agent) == ["Disk failing", "Cut off", "Targets down", "Model refused", "Alerts fire"])
  }

  @Test func booksThatDontAddUpAreAFault() {
    var agent = Sample.healthy
    agent.queues[0].ledger = LedgerSnapshot(
      collected: 5,
      delivered: 3,
      rejected: [:],
      dropped: [:],
      queued: 1,
      deliveredLive: 0,
      deliveredBacklog: 0,
      queuedBacklog: 0
    )
    #expect(summaries(agent) == ["Books wrong"])
    #expect(String(decoding: StatusPage(agent).html, as: UTF8.self).contains("Not balanced"))
  }

  @Test func aBacklogThatDoesntShrinkIsNoProgress() {
    var agent = Sample.draining
    agent.queues[0].path = nil
    agent.queues[0].deliveredPerSecond = 10
    // The curve falls: the last minute's rates have the outage in them.
    #expect(summaries(agent) == ["Catching up"])
    for second in 0...120 {
      agent.queues[0].trace.add(99_890 + UInt64(second), now: agent.now.monotonic + Int64(second) * 1000)
    }
    #expect(summaries(agent) == ["Backlog stuck"])
  }

  @Test func nothingSentIsNotCalledWell() {
    var agent = Sample.healthy
    agent.queues[0].sender.highestSent = nil
    #expect(summaries(agent) == ["Nothing sent yet"])
  }
}
