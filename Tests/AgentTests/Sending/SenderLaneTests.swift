import Agent
import Samples
import Spool
import Testing

@Suite struct SenderLaneTests {
  private func configuration(_ change: (inout SenderConfiguration) -> Void = { _ in }) -> SenderConfiguration {
    var configuration = SenderConfiguration(destination: "central")
    change(&configuration)
    return configuration
  }

  @Test func aRestartSendsWhatWasNotSettledAsBacklog() throws {
    let world = try World()
    world.receiver.plan = { _, _, _ in .fail(.connect, stored: false, latency: 1) }
    try world.scrape(targets: 3, series: 100, times: 10)
    try world.restart()
    world.receiver.plan = { _, _, _ in .store(latency: 1) }
    try world.scrape(targets: 3, series: 100, times: 2)
    try world.run(for: 60_000)
    world.check()
    #expect(world.sender.status.deliveredSamples == [.backlog: 3000, .live: 600])
  }

  /// Each of many short outages leaves a gap behind the live lane; a cursor holds 64.
  @Test func moreGapsThanACursorHolds() throws {
    let world = try World(configuration { $0.drainRate = 1 })
    for _ in 0..<90 {
      world.receiver.plan = { _, _, _ in .fail(.connect, stored: false, latency: 1) }
      try world.scrape(targets: 1, series: 200, times: 4)
      world.receiver.plan = { _, _, _ in .store(latency: 1) }
      try world.scrape(targets: 1, series: 200, times: 2)
    }
    #expect(world.sender.status.heldSettlements > 0)
    world.reconfigure(configuration { $0.drainRate = 100_000 })
    try world.run(for: 120_000)
    world.check()
    #expect(world.receiver.duplicates == 0)
    #expect(world.sender.status.heldSettlements == 0)
  }

  /// The cap takes records that are on their way. They count as dropped, whatever becomes of the request.
  @Test func recordsThatTheCapTakesAreCountedOnce() throws {
    let world = try World(configuration(), spoolByteCountMax: 48 << 10)
    world.receiver.plan = { _, _, _ in .fail(.timeout, stored: true, latency: 30_000) }
    try world.scrape(targets: 4, series: 200, times: 120)
    world.receiver.plan = { _, _, _ in .store(latency: 1) }
    try world.run(for: 120_000)
    let ledger = world.ledger
    #expect(ledger.isBalanced && ledger.queued == 0)
    #expect(ledger.dropped["cap"] ?? 0 > 0)
    #expect(ledger.collected == UInt64(world.collected.count))
    #expect(world.receiver.violations.isEmpty)
    #expect(ledger.delivered <= UInt64(world.receiver.stored.count))
  }

  @Test func requestsOnTheirWayAreBounded() throws {
    let world = try World(
      configuration {
        $0.maxShards = 4
        $0.inFlightByteCountMax = 20_000
      }
    )
    world.receiver.plan = { _, _, _ in .store(latency: 500) }
    try world.collect(series: 20_000)
    var most = 0
    for _ in 0..<30 {
      try world.run(for: 100)
      most = max(most, world.sender.status.pendingByteCount)
    }
    try world.run(for: 60_000)
    world.check()
    // One more may begin below the bound.
    #expect(most < 40_000)
    #expect(world.inFlightMax <= 4)
  }

  @Test(arguments: [true, false]) func theWindowOfTheReceiverMayChange(twoLanesFirst: Bool) throws {
    let world = try World(configuration { $0.acceptsOutOfOrder = twoLanesFirst })
    world.receiver.plan = { _, _, _ in .answer(503) }
    try world.scrape(targets: 2, series: 500, times: 10)
    world.reconfigure(configuration { $0.acceptsOutOfOrder = !twoLanesFirst })
    world.receiver.plan = { _, _, _ in .store(latency: 50) }
    try world.scrape(targets: 2, series: 500, times: 4)
    world.reconfigure(configuration { $0.acceptsOutOfOrder = twoLanesFirst })
    try world.scrape(targets: 2, series: 500, times: 4)
    try world.run(for: 60_000)
    world.check()
    #expect(world.receiver.duplicates == 0)
  }

  @Test func withoutAWindowTheOldestComesFirst() throws {
    let world = try World(configuration { $0.acceptsOutOfOrder = false })
    world.receiver.plan = { _, _, _ in .answer(503) }
    try world.scrape(targets: 2, series: 100, times: 10)
    world.receiver.plan = { _, _, _ in .store(latency: 5) }
    try world.scrape(targets: 2, series: 100, times: 5)
    try world.run(for: 60_000)
    world.check()
    var newest: [String: Int64] = [:]
    for arrival in world.receiver.arrivals where arrival.isStored {
      for key in arrival.keys {
        #expect(key.timestamp > newest[key.series] ?? .min)
        newest[key.series] = key.timestamp
      }
    }
  }

  @Test func liveAndBacklogShareNoRequest() throws {
    let world = try World()
    world.receiver.plan = { _, _, _ in .answer(503) }
    try world.scrape(targets: 2, series: 100, times: 10)
    let restored = world.now
    world.receiver.plan = { _, _, _ in .store(latency: 5) }
    try world.scrape(targets: 2, series: 100, times: 5)
    try world.run(for: 60_000)
    world.check()
    for arrival in world.receiver.arrivals where arrival.isStored && arrival.request.lane == .live {
      // Where the path was closed meanwhile a request keeps what it has.
      guard arrival.time > restored + 30_000 else { continue }
      #expect(arrival.keys.allSatisfy { $0.timestamp > World.epoch + arrival.time - 20_001 })
    }
  }

  /// Agents that one receiver serves have moments of their own to begin with their backlogs; one alone begins at once.
  @Test(arguments: [(1, 0...20), (50, 0...520), (1_000, 0...2_020)] as [(Int, ClosedRange<Int64>)])
  func backlogsBeginApart(nodeCount: Int, expected: ClosedRange<Int64>) throws {
    let waits = try (0..<12).map { seed in
      let world = try World(configuration { $0.nodeCount = nodeCount }, seed: UInt64(seed))
      world.receiver.plan = { _, _, _ in .answer(503) }
      try world.scrape(targets: 2, series: 100, times: 10)
      world.receiver.plan = { _, _, _ in .store(latency: 1) }
      try world.scrape(targets: 2, series: 100, times: 4)
      world.check()
      func first(_ lane: Lane) throws -> Int64 {
        try #require(world.receiver.arrivals.first { $0.isStored && $0.request.lane == lane }?.time)
      }
      return try first(.backlog) - first(.live)
    }
    #expect(waits.allSatisfy(expected.contains), "\(waits)")
    #expect(waits.max()! - waits.min()! >= expected.upperBound / 3, "\(waits)")
  }

  /// In 2.0, too, requests are full, and one that is half full isn't filled up with a part of the next scrape, only with all of it: so they recur.
  @Test(arguments: [1, 3]) func requestsBeginWithScrapes(times: Int) throws {
    let world = try World(configuration { $0.protocol = .v2 })
    for _ in 0..<times {
      try world.collect(target: 0, series: 700)
      try world.collect(target: 1, series: 2500)
      try world.collect(target: 2, series: 400)
      try world.run(for: 15_000)
    }
    world.check()
    let counts = world.receiver.arrivals.map(\.request.sampleCount)
    #expect(counts == Array(repeatElement([700, 1000, 1000, 900], count: times).joined()))
  }

  @Test func histogramsExemplarsAndMetadataTravelToo() throws {
    for version in [RemoteWriteVersion.v1, .v2] {
      let world = try World(configuration { $0.protocol = version })
      var batch = SampleBatch(stream: 0)
      let series = world.series([("__name__", "h")])
      // Timestamp in field 15.
      let message: [UInt8] = [0x78, 0x80, 0x08]
      batch.items = [
        OpaqueItem(kind: .histogram, series: series, timestamp: 1024, message: message),
        OpaqueItem(kind: .metadata, series: nil, timestamp: 0, message: [0x08, 0x01, 0x12, 0x01, 0x68]),
      ]
      try world.add(batch)
      try world.run(for: 10_000)
      #expect(world.receiver.violations.isEmpty)
      #expect(world.receiver.stored.keys.map(\.series) == ["__name__=h"])
      #expect(world.ledger.delivered == 1 && world.ledger.queued == 0)
      batch.items = [OpaqueItem(kind: .metadata, series: nil, timestamp: 0, message: [0x08, 0x02, 0x12, 0x01, 0x69])]
      try world.add(batch)
      try world.run(for: 10_000)
      #expect(world.sender.status.pendingRequests == 0)
    }
  }
}
