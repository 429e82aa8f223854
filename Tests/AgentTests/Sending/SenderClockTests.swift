import Agent
import Samples
import Spool
import Testing

@Suite struct SenderClockTests {
  private func samples(_ world: World) -> [Key] { world.receiver.arrivals.flatMap(\.keys) }

  @Test func aTimestampInTheFutureIsSetAsideAndTheRestDelivered() throws {
    let world = try World()
    var batch = SampleBatch(stream: 0)
    let present = World.epoch + world.now
    for (number, ahead) in [0, 599_000, 601_000, 4_000_000_000, -5000].enumerated() {
      batch.references.append(world.series([("__name__", "m\(number)")]))
      batch.values.append(Double(number).bitPattern)
      batch.timestamps.append(present + Int64(ahead))
    }
    try world.add(batch)
    try world.run(for: 10_000)
    world.check()
    #expect(world.deadLetters.map(\.sample.timestamp) == [present + 601_000, present + 4_000_000_000])
    #expect(world.deadLetters.allSatisfy { $0.reason == .other && $0.status == 0 })
    #expect(world.ledger.rejected == ["other": 2])
  }

  /// Our clock runs three hours ahead. What it stamps waits, until it is set right.
  @Test func aClockAheadOfTheReceiversSendsNothing() throws {
    let world = try World()
    try world.scrape(targets: 2, series: 20, times: 2)
    world.clockError = 3 * 3_600_000
    try world.scrape(targets: 2, series: 20, times: 10)
    try world.run(for: 600_000)
    let sent = samples(world)
    #expect(sent.count == 80)
    #expect(world.sender.status.isHeldByClock)
    #expect((world.sender.status.clockDifference ?? 0) / 60_000 == 179)
    #expect(world.ledger.queued == 400)
    // Empty requests ask for the time meanwhile, one a minute at most.
    let asked = world.receiver.arrivals.filter { $0.keys.isEmpty }
    #expect((8...16).contains(asked.count))

    world.clockError = 0
    try world.scrape(targets: 2, series: 20, times: 2)
    try world.run(for: 120_000)
    world.check()
    #expect(world.deadLetters.count == 400)
    #expect(samples(world).allSatisfy { $0.timestamp < World.epoch + world.now })
  }

  @Test func aReceiverWhoseClockIsBehindGetsItAllOnceItIsRight() throws {
    let world = try World()
    world.receiver.clockOffset = World.epoch - 3_600_000
    try world.collect(series: 10)
    try world.run(for: 20_000)
    try world.scrape(targets: 1, series: 10, times: 4)
    #expect(world.sender.status.isHeldByClock)
    world.receiver.clockOffset = World.epoch
    try world.run(for: 120_000)
    world.check()
    #expect(world.deadLetters.isEmpty)
  }

  @Test func timersDoNotKnowTheWallClock() throws {
    let world = try World()
    world.receiver.sendsDate = false
    for jump in [0, -86_400_000, 86_400_000, -315_000_000_000] as [Int64] {
      world.clockError = jump
      try world.collect(series: 10, at: World.epoch + world.now - 400_000_000_000)
      try world.run(for: 3000)
      #expect(world.ledger.queued == 0)
    }
  }
}
