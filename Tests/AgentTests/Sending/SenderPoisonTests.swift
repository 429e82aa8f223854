import Agent
import Samples
import Spool
import Testing

/// Reliability rows R2 to R5: what a receiver refuses for a sample's sake.
@Suite struct SenderPoisonTests {
  private func world(_ change: (inout SenderConfiguration) -> Void = { _ in }) throws -> World {
    var configuration = SenderConfiguration(destination: "central")
    configuration.drainRate = 1_000_000
    change(&configuration)
    return try World(configuration)
  }

  private static func isPoison(_ key: Key) -> Bool { key.series.contains("poison") }

  /// k of 10,000 series, in requests of 1000: exactly those are set aside, and nothing else is touched.
  @Test(arguments: [1, 7, 100], [400, 409, 422, 418, 500]) func exactlyThePoisonIsSetAside(k: Int, status: Int) throws {
    let world = try world()
    let bad = Set((0..<k).map { ($0 * 7919 + 13) % 10_000 })
    world.receiver.plan = { _, keys, _ in
      keys.contains(where: Self.isPoison) ? .answer(status, body: "out of order sample") : .store(latency: 1)
    }
    try world.collect(series: 10_000, badSeries: bad)
    try world.run(for: 1_800_000, stepMax: 200_000)
    world.check()
    #expect(world.deadLetters.count == bad.count)
    #expect(world.deadLetters.allSatisfy { text($0.sample.labels).contains("poison") && !$0.isGivenUp })
    #expect(world.deadLetters.allSatisfy { $0.reason == .outOfOrder && $0.status == status })
    #expect(world.ledger.rejected == ["out_of_order": UInt64(bad.count)])
    #expect(world.receiver.duplicates == 0)
    // log2 of a request of 1000 is 10.
    if status != 500 { #expect(world.receiver.arrivals.count - 10 <= 2 * bad.count * 10) }
  }

  /// A receiver that refuses every sample, of series that a request has several of, so that nothing may be sampled: what all parts have together
  /// grows as n log n, and the request is taken apart once.
  @Test(arguments: [RemoteWriteVersion.v1, .v2], [64, 512]) func refusingEverythingCostsNLogN(
    version: RemoteWriteVersion,
    count: Int
  ) throws {
    let world = try world {
      $0.protocol = version
      $0.maxSamplesPerSend = count
      $0.acceptsOutOfOrder = false
    }
    world.receiver.plan = { _, _, _ in .answer(503) }
    for _ in 0..<count / 32 {
      try world.collect(series: 32)
      try world.run(for: 1)
    }
    try world.run(for: 60_000)
    let before = world.receiver.arrivals.count
    let takenApart = world.sender.requestsTakenApart
    world.receiver.plan = { _, _, _ in .answer(400, body: "out of bounds") }
    try world.run(for: 3_600_000, stepMax: 100_000)
    world.check()
    #expect(world.ledger.rejected.values.reduce(0, +) == UInt64(count))
    let arrivals = world.receiver.arrivals.dropFirst(before)
    let levels = count.trailingZeroBitCount + 2
    #expect(arrivals.count <= 2 * count + 8)
    #expect(arrivals.reduce(0) { $0 + $1.keys.count } <= count * levels)
    // Of a message alone no part is much more than that message.
    #expect(arrivals.filter { $0.keys.count == 1 }.allSatisfy { $0.request.body.count < 200 })
    #expect(world.sender.requestsTakenApart - takenApart <= 4)
  }

  @Test func aBacklogThatIsTooOldIsGivenUpQuicklyAndWhatFollowsIsDelivered() throws {
    let world = try world()
    world.receiver.plan = { _, _, _ in .answer(503) }
    try world.scrape(targets: 4, series: 250, times: 40)
    let limit = World.epoch + world.now - 300_000
    world.receiver.plan = { _, keys, _ in
      keys.contains { $0.timestamp < limit } ? .answer(400, body: "out of bounds") : .store(latency: 1)
    }
    let before = world.receiver.arrivals.count
    try world.run(for: 600_000)
    world.check()
    let old = world.collected.keys.count { $0.timestamp < limit }
    #expect(world.ledger.rejected == ["too_old": UInt64(old)])
    #expect(world.receiver.arrivals.count - before < 500)
  }

  /// One series, in order, and 500 for its first sample: nothing else can show that it's the sample. When the disk has dropped it, for want
  /// of room here, what came after it goes.
  @Test func aRequestThatTheDiskHasDroppedHoldsNothingUp() throws {
    var configuration = SenderConfiguration(destination: "central")
    configuration.acceptsOutOfOrder = false
    configuration.maxShards = 1
    let world = try World(configuration, spoolByteCountMax: 48 << 10)
    let first = World.epoch + world.now
    world.receiver.plan = { _, keys, _ in
      keys.contains { $0.timestamp == first } ? .answer(500, body: "no") : .store(latency: 1)
    }
    try world.scrape(targets: 1, series: 1, times: 2_000)
    try world.run(for: 600_000)
    let ledger = world.ledger
    #expect(ledger.isBalanced && ledger.queued == 0 && ledger.collected == 2_000)
    #expect(ledger.dropped["cap"] ?? 0 > 0 && ledger.rejected.isEmpty && world.deadLetters.isEmpty)
    #expect(ledger.delivered > 100 && ledger.delivered == UInt64(world.receiver.stored.count))
    #expect(world.receiver.violations.isEmpty)
  }

  @Test func tooLargeRequestsAreHalvedAndTheSizeRemembered() throws {
    let world = try world()
    world.receiver.plan = { _, keys, _ in keys.count > 130 ? .answer(413) : .store(latency: 1) }
    try world.collect(series: 4000)
    try world.run(for: 60_000)
    let before = world.receiver.arrivals.count
    try world.collect(target: 1, series: 4000)
    try world.run(for: 60_000)
    world.check()
    #expect(world.receiver.arrivals.dropFirst(before).allSatisfy { $0.keys.count <= 125 })
    #expect(world.sender.status.samplesPerSendMax == 125)
    #expect(world.deadLetters.isEmpty)
  }

  @Test func aSampleThatIsTooLargeAloneIsSetAside() throws {
    let world = try world()
    world.receiver.plan = { _, keys, _ in keys.contains(where: Self.isPoison) ? .answer(413) : .store(latency: 1) }
    try world.collect(series: 100, badSeries: [40])
    try world.run(for: 60_000)
    world.check()
    #expect(world.ledger.rejected == ["too_large": 1])
  }

  @Test func rateLimitIsRetriedUnlessTheModelSaysOtherwise() throws {
    for retries in [true, false] {
      let world = try world { $0.retriesOnRateLimit = retries }
      world.receiver.plan = { _, _, _ in .answer(429, body: "slow down") }
      try world.collect(series: 100)
      try world.run(for: 60_000)
      #expect(world.ledger.rejected == (retries ? [:] : ["other": 100]))
      #expect(world.deadLetters.count == (retries ? 0 : 100))
    }
  }

  /// An ill receiver answers 500 to every second request. That is no sample's fault.
  @Test(arguments: 0..<10 as Range<UInt64>) func anIllReceiverCostsNoSample(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let world = try World(SenderConfiguration(destination: "central"), seed: seed)
    world.receiver.plan = { _, _, _ in
      Int.random(in: 0..<3, using: &random) < 2 ? .answer(500) : .store(latency: 1)
    }
    try world.scrape(targets: 4, series: 60, times: 60)
    world.receiver.plan = { _, _, _ in .store(latency: 1) }
    try world.run(for: 300_000)
    world.check()
    #expect(world.deadLetters.count <= 1, "seed \(seed)")
  }

  /// One request that the receiver stumbles over is no outage: what else there is goes out while it is tried again, and shows that.
  @Test(arguments: [true, false]) func aRequestOfOthersShowsThatTheReceiverIsWell(acceptsOutOfOrder: Bool) throws {
    let world = try world { $0.acceptsOutOfOrder = acceptsOutOfOrder }
    world.receiver.plan = { _, keys, _ in keys.contains(where: Self.isPoison) ? .answer(500) : .store(latency: 5) }
    try world.collect(target: 0, series: 100, badSeries: [50])
    for _ in 0..<60 where world.sender.status.trouble == nil { try world.run(for: 500) }
    #expect(world.sender.status.trouble == .server && world.receiver.stored.isEmpty)
    let begun = world.now
    try world.collect(target: 1, series: 100)
    for _ in 0..<60 where world.receiver.stored.isEmpty { try world.run(for: 500) }
    // At the turn after the next at the latest, long before anything of the first is given up.
    #expect(world.deadLetters.isEmpty && world.now - begun <= 2 * world.configuration.backoff.max)
    #expect(world.receiver.stored.count == 100 && world.sender.status.trouble == nil)
    try world.run(for: 120_000)
    world.check()
    #expect(world.deadLetters.count == 1)
  }

  @Test func othersFlowWhileOneIsLookedInto() throws {
    let world = try world()
    world.receiver.plan = { _, keys, _ in keys.contains(where: Self.isPoison) ? .answer(500) : .store(latency: 5) }
    for round in 0..<8 {
      for target in 0..<6 {
        try world.collect(target: target, series: 300, badSeries: target == 2 && round == 3 ? [150] : [])
        try world.run(for: 2500)
      }
    }
    try world.run(for: 120_000)
    world.check()
    #expect(world.deadLetters.count == 1)
    for arrival in world.receiver.arrivals
    where arrival.isStored && arrival.keys.allSatisfy({ !$0.series.hasSuffix("t2") }) {
      #expect(arrival.time - (arrival.keys.map(\.timestamp).min()! - World.epoch) < 10_000)
    }
  }
}
