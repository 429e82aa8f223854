import Agent
import Samples
import Spool
import Testing

@Suite struct SenderTests {
  private func configuration(_ change: (inout SenderConfiguration) -> Void = { _ in }) -> SenderConfiguration {
    var configuration = SenderConfiguration(destination: "central")
    change(&configuration)
    return configuration
  }

  @Test func deliversWhatIsCollected() throws {
    let world = try World()
    try world.scrape(targets: 5, series: 300, times: 20)
    try world.run(for: 10_000)
    world.check()
    #expect(world.receiver.duplicates == 0)
    #expect(world.sender.status.deliveredSamples[.live] == 30_000)
  }

  @Test func gathersSmallRecordsAndCutsLargeOnes() throws {
    let world = try World()
    try world.scrape(targets: 30, series: 20, times: 10)
    #expect(world.receiver.arrivals.count < 180)
    try world.collect(target: 99, series: 5500)
    try world.run(for: 10_000)
    world.check()
    #expect(world.receiver.arrivals.allSatisfy { $0.keys.count <= 1000 })
    #expect(world.receiver.arrivals.count { $0.keys.count == 1000 } >= 5)
  }

  @Test(arguments: [true, false])
  func freshDataGoesOnAfterAnOutage(twoLanes: Bool) throws {
    let world = try World(configuration { $0.acceptsOutOfOrder = twoLanes; $0.drainRate = 1000 })
    try world.scrape(targets: 4, series: 250, times: 4)
    world.connects = false
    world.receiver.plan = { _, _, _ in .fail(.connect, stored: false, latency: 1) }
    try world.scrape(targets: 4, series: 250, times: 40)
    world.connects = true
    world.receiver.plan = { _, _, _ in .store(latency: 1) }
    let restored = world.now
    try world.scrape(targets: 4, series: 250, times: 4)
    let fresh = world.receiver.arrivals.first { arrival in
      arrival.isStored && arrival.time > restored
        && arrival.keys.contains { $0.timestamp > World.epoch + restored - 15_000 }
    }
    if twoLanes { #expect((fresh?.time ?? .max) - restored < 15_000) }
    try world.run(for: 120_000)
    world.check()
    #expect(world.receiver.duplicates == 0)
  }
}
