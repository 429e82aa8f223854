import Agent
import Samples
import Spool
import Testing

/// Each MUST and SHOULD that remote write 2.0 has for senders beyond 1.0's (prometheus.io/docs/specs/prw/remote_write_spec_2_0, rc.4), by its section.
@Suite struct SenderSpecification2Tests {
  private static let written = "X-Prometheus-Remote-Write-Samples-Written"

  private func world() throws -> World {
    try World(SenderConfiguration(destination: "central", protocol: .v2))
  }

  @Test func protocolMustSendTheHeaders() throws {
    let world = try world()
    try world.collect(series: 3)
    try world.run(for: 5000)
    world.check()
    let request = try #require(world.receiver.arrivals.first?.request)
    let headers = RequestHeaders.headers(for: request, custom: [], toolVersion: "1")
    #expect(headers.contains { $0 == ("Content-Type", "application/x-protobuf;proto=io.prometheus.write.v2.Request") })
    #expect(headers.contains { $0 == ("X-Prometheus-Remote-Write-Version", "2.0.0") })
    #expect(headers.contains { $0 == ("Content-Encoding", "snappy") })
    #expect(headers.contains { $0 == ("User-Agent", "rescfg/1") })
  }

  @Test func whenTalkingTo1ReceiversTheHeadersAre1s() throws {
    let world = try world()
    world.receiver.plan = { request, _, _ in request.protocol == .v2 ? .answer(415) : .store(latency: 1) }
    try world.scrape(targets: 2, series: 30, times: 5)
    try world.run(for: 10_000)
    world.check()
    #expect(world.receiver.arrivals.count { $0.request.protocol == .v2 } == 1)
    let last = try #require(world.receiver.arrivals.last?.request)
    let headers = RequestHeaders.headers(for: last, custom: [], toolVersion: "1")
    #expect(headers.contains { $0 == ("Content-Type", "application/x-protobuf") })
    #expect(headers.contains { $0 == ("X-Prometheus-Remote-Write-Version", "0.1.0") })
    #expect(world.sender.status.protocol == .v1)
  }

  @Test func unsupportedContentMayBeRetriedAndIsAskedForAgain() throws {
    let world = try world()
    world.receiver.plan = { request, _, _ in request.protocol == .v2 ? .answer(415) : .store(latency: 1) }
    try world.collect(series: 3)
    try world.run(for: 3_500_000)
    try world.collect(series: 3)
    try world.run(for: 60_000)
    #expect(world.receiver.arrivals.map(\.request.protocol) == [.v2, .v1, .v1])
    try world.run(for: 100_000)
    world.receiver.plan = { _, _, _ in .store(latency: 1) }
    try world.collect(series: 3)
    try world.run(for: 60_000)
    #expect(world.receiver.arrivals.last?.request.protocol == .v2)
    world.check()
  }

  @Test func writtenHeadersThatAreMissingOn2xxShouldMeanUnsupported() throws {
    let world = try world()
    world.receiver.plan = { request, _, _ in request.protocol == .v2 ? .answer(204) : .store(latency: 1) }
    try world.scrape(targets: 1, series: 20, times: 3)
    try world.run(for: 10_000)
    world.check()
    #expect(world.receiver.arrivals.map(\.request.protocol) == [.v2, .v1, .v1, .v1])
  }

  @Test func writtenHeadersMustNotBeAskedOf1() throws {
    let world = try World()
    world.receiver.plan = { _, _, _ in .answer(204) }
    try world.collect(series: 3)
    try world.run(for: 10_000)
    #expect(world.ledger.delivered == 3)
    // Prometheus 3.8.0 answers 1.0 with zeros.
    world.receiver.plan = { _, _, _ in .answer(204, headers: [(name: Self.written, value: "0")]) }
    try world.collect(series: 3)
    try world.run(for: 10_000)
    #expect(world.ledger.delivered == 6 && world.receiver.arrivals.count == 2)
  }

  @Test func from1ReceiversA400ShouldBeExpectedForUnsupportedContent() throws {
    let world = try world()
    world.receiver.plan = { request, _, _ in request.protocol == .v2 ? .answer(400) : .store(latency: 1) }
    try world.collect(series: 100)
    try world.run(for: 10_000)
    world.check()
    #expect(world.receiver.arrivals.map(\.request.protocol) == [.v2, .v1])
  }

  /// The receiver keeps the good ones and says how many those were.
  @Test func aPartialWriteIsCountedAsTheReceiverSaysIt() throws {
    let world = try world()
    world.receiver.plan = { request, keys, _ in
      let bad = keys.count { $0.series.contains("poison") }
      guard bad > 0 else { return .store(latency: 1) }
      return .answer(400, headers: [(name: Self.written, value: "\(keys.count - bad)")], body: "out of order sample")
    }
    try world.collect(series: 500, badSeries: [3, 77, 400])
    try world.run(for: 30_000)
    #expect(world.ledger.rejected == ["out_of_order": 3])
    #expect(world.ledger.delivered == 497)
    #expect(world.deadLetters.map { text($0.sample.labels) }.allSatisfy { $0.contains("poison") })
    #expect(world.deadLetters.count == 3)
  }

  @Test func aPartialWriteOfEverythingIsDelivered() throws {
    let world = try world()
    world.receiver.plan = { _, keys, _ in
      .answer(400, headers: [(name: Self.written, value: "\(keys.count)")], body: "exemplar refused")
    }
    try world.collect(series: 50)
    try world.run(for: 30_000)
    #expect(world.ledger.delivered == 50 && world.receiver.arrivals.count == 1)
  }

  @Test func retriesOnPartialWritesAreOfTheWholeRequest() throws {
    let world = try world()
    world.receiver.plan = { _, _, _ in .answer(503, headers: [(name: Self.written, value: "10")]) }
    try world.collect(series: 50)
    try world.run(for: 30_000)
    #expect(Set(world.receiver.arrivals.map(\.request.body)).count == 1)
    world.receiver.plan = { _, _, _ in .store(latency: 1) }
    try world.run(for: 60_000)
    world.check()
  }

  @Test func the415OfAPartGoesOnIn1() throws {
    let world = try world()
    var isKnown = true
    world.receiver.plan = { request, keys, _ in
      if request.protocol == .v2, !isKnown { return .answer(415) }
      if keys.contains(where: { $0.series.contains("poison") }) {
        return .answer(400, headers: request.protocol == .v2 ? [(name: Self.written, value: "0")] : [])
      }
      isKnown = false
      return request.protocol == .v2
        ? .store(latency: 1) : .store(latency: 1)
    }
    try world.collect(series: 300, badSeries: [7, 250])
    try world.run(for: 30_000)
    world.check()
    #expect(world.deadLetters.count == 2)
  }

  @Test func samplesOfManySeriesShouldShareARequest() throws {
    let world = try world()
    try world.collect(series: 900)
    try world.run(for: 10_000)
    #expect(world.receiver.arrivals.count == 1)
  }
}
