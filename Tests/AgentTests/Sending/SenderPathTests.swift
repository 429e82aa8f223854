import Agent
import Samples
import Spool
import Testing

/// Reliability rows N1 to N13 and R4 to R7: what is between, and what is at the other end.
@Suite struct SenderPathTests {
  /// An outage of that kind, of five minutes, with targets scraped all the while.
  private func outage(
    _ plan: Receiver.Plan,
    connects: Bool = false,
    _ change: (inout SenderConfiguration) -> Void = { _ in }
  ) throws -> (world: World, began: Int64, ended: Int64) {
    var configuration = SenderConfiguration(destination: "central")
    change(&configuration)
    let world = try World(configuration)
    try world.scrape(targets: 3, series: 40, times: 3)
    let began = world.now
    world.connects = connects
    world.receiver.plan = { _, _, _ in plan }
    try world.scrape(targets: 3, series: 40, times: 20)
    let ended = world.now
    world.connects = true
    world.receiver.plan = { _, _, _ in .store(latency: 1) }
    return (world, began, ended)
  }

  private static let kinds: [Receiver.Plan] = [
    .fail(.connect, stored: false, latency: 1), .fail(.timeout, stored: false, latency: 30_000),
    .fail(.timeout, stored: true, latency: 30_000), .fail(.resolve, stored: false, latency: 5),
    .fail(.tls, stored: false, latency: 5), .fail(.other, stored: false, latency: 5), .answer(500), .answer(502),
    .answer(503), .answer(504), .answer(599), .answer(408), .answer(429), .answer(401), .answer(403), .answer(404),
    .answer(407), .answer(405), .answer(301), .answer(302), .answer(307), .answer(308), .answer(415), .answer(100),
    .answer(0), .answer(999),
  ]

  @Test(arguments: kinds.indices) func nothingIsLostAndOneRequestTriesForAll(kind: Int) throws {
    let (world, began, ended) = try outage(Self.kinds[kind])
    let tries = world.receiver.arrivals.filter { $0.time > began + 30_000 && $0.time < ended }
    #expect(tries.count < 40, "kind \(kind): \(tries.count) tries in five minutes")
    #expect(!tries.isEmpty, "kind \(kind)")
    #expect(world.deadLetters.isEmpty)
    #expect(world.sender.status.trouble != nil)
    #expect(world.sender.status.lastError != nil)
    try world.run(for: 120_000)
    world.check()
    #expect(world.ledger.rejected.isEmpty)
    #expect(world.sender.status.trouble == nil)
  }

  /// Connections show that the path is back long before the backoff has run out.
  @Test(arguments: 0..<10 as Range<UInt64>) func freshSamplesAreThroughWithinAScrape(seed: UInt64) throws {
    let world = try World(SenderConfiguration(destination: "central"), seed: seed)
    world.connects = false
    world.receiver.plan = { _, _, _ in .fail(.connect, stored: false, latency: 1) }
    try world.scrape(targets: 3, series: 40, times: 60)
    world.connects = true
    world.receiver.plan = { _, _, _ in .store(latency: 1) }
    let restored = world.now
    try world.scrape(targets: 3, series: 40, times: 2)
    for target in 0..<3 {
      let first = world.receiver.arrivals.first { arrival in
        arrival.isStored
          && arrival.keys.contains { key in
            key.series.hasSuffix("instance=t\(target)") && key.timestamp >= World.epoch + restored
          }
      }
      #expect((first?.time ?? .max) - restored < 20_000, "seed \(seed), target \(target)")
    }
  }

  /// Packets vanish, connections stand: whatever hangs when the path is back doesn't hold up what is fresh.
  @Test(arguments: [0, 4_000, 11_000, 17_000, 23_000, 29_000] as [Int64], [true, false])
  func freshSamplesAreThroughThoughRequestsHang(shift: Int64, connects: Bool) throws {
    let world = try World(SenderConfiguration(destination: "central"), seed: UInt64(shift) + 1)
    try world.scrape(targets: 3, series: 40, times: 2)
    world.connects = connects
    world.receiver.plan = { _, _, _ in .fail(.timeout, stored: false, latency: 30_000) }
    try world.scrape(targets: 3, series: 40, times: 8)
    try world.run(for: shift)
    world.connects = true
    world.receiver.plan = { _, _, _ in .store(latency: 1) }
    let restored = world.now
    try world.scrape(targets: 3, series: 40, times: 3)
    for target in 0..<3 {
      let first = world.receiver.arrivals.first { arrival in
        arrival.isStored
          && arrival.keys.contains { key in
            key.series.hasSuffix("instance=t\(target)") && key.timestamp >= World.epoch + restored
          }
      }
      #expect((first?.time ?? .max) - restored < 30_000, "shift \(shift), target \(target)")
    }
    try world.run(for: 120_000)
    world.check()
  }

  /// A receiver that takes longer than a scrape for each answer isn't asked again and again.
  @Test func aSlowReceiverIsLeftToItsAnswers() throws {
    let world = try World()
    world.receiver.plan = { _, _, _ in .store(latency: 25_000) }
    try world.scrape(targets: 3, series: 40, times: 10)
    try world.run(for: 120_000)
    world.check()
    #expect(world.receiver.arrivals.allSatisfy { $0.request.attempt == 0 })
  }

  @Test func connectionsThatMislead() throws {
    let (world, began, ended) = try outage(.fail(.other, stored: false, latency: 1), connects: true)
    #expect(world.pathProbes.count >= 20)
    #expect(world.receiver.arrivals.count { $0.time > began + 60_000 && $0.time < ended } < 30)
  }

  @Test func pathIsProbedForFailuresOfTheWayOnly() throws {
    #expect(try outage(.answer(503)).world.pathProbes.isEmpty)
    let probes = try outage(.fail(.connect, stored: false, latency: 1)).world.pathProbes
    for (former, next) in zip(probes, probes.dropFirst()) { #expect((5600...7600).contains(next - former)) }
  }

  @Test(arguments: [("60", 60_000), ("10000000", 300_000)] as [(String, Int64)])
  func retryAfterIsObeyedUpToItsLimit(value: String, wait: Int64) throws {
    for status in [429, 503, 500] {
      let world = try World()
      world.receiver.plan = { _, _, _ in .answer(status, headers: [(name: "retry-after", value: value)]) }
      try world.collect(series: 10)
      try world.run(for: 700_000)
      let times = world.receiver.arrivals.map(\.time)
      for (former, next) in zip(times, times.dropFirst()) where status != 500 {
        #expect((wait...wait + 31_002).contains(next - former), "status \(status)")
      }
      #expect(times.count <= 700_000 / Int(wait) + 1)
    }
  }

  @Test(arguments: ["-5", "soon", "Sun, 06 Nov 1994 08:49:37 GMT", ""]) func garbageInRetryAfterMeansBackoff(
    value: String
  ) throws {
    let world = try World()
    world.receiver.plan = { _, _, _ in .answer(429, headers: [(name: "Retry-After", value: value)]) }
    try world.collect(series: 10)
    try world.run(for: 100_000)
    #expect((3...40).contains(world.receiver.arrivals.count))
  }

  @Test func retriesSayHowManyTheyAre() throws {
    let world = try World()
    world.receiver.plan = { _, _, _ in .answer(503) }
    try world.collect(series: 10)
    try world.run(for: 60_000)
    let attempts = world.receiver.arrivals.map(\.request.attempt)
    #expect(attempts == Array(0..<attempts.count) && attempts.count > 2)
    #expect(Set(world.receiver.arrivals.map(\.request.body)).count == 1)
    #expect(Set(world.receiver.arrivals.map(\.request.id)).count == attempts.count)
  }

  @Test func aThinLineStaysFreshWhileTheBacklogDrains() throws {
    var configuration = SenderConfiguration(destination: "central")
    configuration.drainRate = 1_000_000
    let world = try World(configuration)
    world.connects = false
    world.receiver.plan = { _, _, _ in .fail(.connect, stored: false, latency: 1) }
    try world.scrape(targets: 3, series: 300, times: 80)
    world.connects = true
    // Four bytes a millisecond, one request after the other.
    var free = world.now
    var busy: Int64 = 0
    world.receiver.plan = { request, _, now in
      let time = Int64(request.body.count) / 4
      free = max(free, now) + time
      busy += time
      return .store(latency: free - now + 20)
    }
    let began = world.now
    try world.scrape(targets: 3, series: 300, times: 12)
    let live = world.receiver.arrivals.filter { $0.time > began + 15_000 && $0.request.lane == .live && $0.isStored }
    let delays = live.map { arrival in arrival.time - (arrival.keys.map(\.timestamp).max()! - World.epoch) }
    #expect(delays.max()! < 10_000)
    #expect(world.ledger.queued > 10_000)
    #expect(Double(busy) / Double(world.now - began) > 0.9)
    world.receiver.plan = { _, _, _ in .store(latency: 1) }
    try world.run(for: 60_000)
    world.check()
  }

  @Test func backlogKeepsToItsRate() throws {
    var configuration = SenderConfiguration(destination: "central")
    configuration.drainRate = 2000
    let world = try World(configuration)
    world.receiver.plan = { _, _, _ in .answer(503) }
    try world.scrape(targets: 3, series: 300, times: 40)
    world.receiver.plan = { _, _, _ in .store(latency: 1) }
    let began = world.now
    try world.run(for: 120_000)
    world.check()
    let drained = world.receiver.arrivals.filter { $0.time > began && $0.request.lane == .backlog && $0.isStored }
    let span = drained.last!.time - drained.first!.time
    let rate = Double(drained.dropLast().reduce(0) { $0 + $1.keys.count }) / Double(span) * 1000
    #expect((1500...2300).contains(rate))
  }
}
