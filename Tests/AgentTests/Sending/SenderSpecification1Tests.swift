import Agent
import Samples
import Spool
import Testing

/// Each MUST and SHOULD that remote write 1.0 has for senders (prometheus.io/docs/specs/prw/remote_write_spec), by its section. What it says of
/// the message itself (labels sorted, unique, not empty) is the series table's and the encoder's, and tested there.
@Suite struct SenderSpecification1Tests {
  private func request(_ world: World) throws -> SendRequest {
    try world.collect(series: 3)
    try world.run(for: 5000)
    return try #require(world.receiver.arrivals.first?.request)
  }

  private func headers(_ request: SendRequest, _ custom: [(name: String, value: String)] = []) -> [String: String] {
    var headers: [String: String] = [:]
    for header in RequestHeaders.headers(for: request, custom: custom, toolVersion: "1.2.3") {
      #expect(headers[header.name.lowercased()] == nil, "\(header.name) comes twice")
      headers[header.name.lowercased()] = header.value
    }
    return headers
  }

  @Test func protocolMustSendTheHeaders() throws {
    let headers = headers(try request(try World()))
    #expect(headers["content-encoding"] == "snappy")
    #expect(headers["content-type"] == "application/x-protobuf")
    #expect(headers["user-agent"] == "rescfg/1.2.3")
    #expect(headers["x-prometheus-remote-write-version"] == "0.1.0")
    #expect(headers["retry-attempt"] == nil)
  }

  @Test func protocolMustNotLetUsersSendReservedHeaders() throws {
    let custom = [
      (name: "content-ENCODING", value: "gzip"), (name: "User-Agent", value: "x"), (name: "Content-Type", value: "x"),
      (name: "X-Prometheus-Remote-Write-Version", value: "9"), (name: "Retry-Attempt", value: "7"),
      (name: "Host", value: "x"), (name: "Content-Length", value: "0"), (name: "Bad Name", value: "x"),
      (name: "X-Split", value: "a\r\nContent-Type: x"), (name: "", value: "x"),
      (name: "X-Scope-OrgID", value: "tenant"),
    ]
    let request = try request(try World())
    var plain = headers(request)
    plain["x-scope-orgid"] = "tenant"
    #expect(headers(request, custom) == plain)
  }

  @Test func protocolMustUseSnappysBlockFormat() throws {
    let body = try request(try World()).body
    // The framed format begins with a stream identifier.
    #expect(!body.starts(with: [0xff, 0x06, 0x00, 0x00, 0x73, 0x4e, 0x61, 0x50, 0x70, 0x59]))
    #expect(try !SnappyBlock.decompress(body, byteCountMax: 1 << 20).isEmpty)
  }

  @Test func protocolMustIgnoreTheResponseBody() throws {
    let world = try World()
    world.receiver.plan = { _, _, _ in .answer(200, body: "out of order: rejected, retry later") }
    try world.collect(series: 3)
    try world.run(for: 60_000)
    #expect(world.receiver.arrivals.count == 1)
    #expect(world.ledger.delivered == 3)
  }

  @Test func timestampsMustBeMillisecondsAndValuesExact() throws {
    let world = try World()
    let bits: [UInt64] = [
      staleMarkerBits, 0x7ff8_0000_0000_0001, 0x8000_0000_0000_0000, 1, 0x7ff0_0000_0000_0000, 0xfff0_0000_0000_0000,
      Double.pi.bitPattern,
    ]
    var batch = SampleBatch(stream: 0)
    for (number, value) in bits.enumerated() {
      batch.references.append(world.series([("__name__", "m\(number)")]))
      batch.values.append(value)
      batch.timestamps.append(World.epoch + Int64(number))
    }
    try world.add(batch)
    try world.run(for: 5000)
    world.check()
    #expect(world.receiver.stored.count == bits.count)
  }

  @Test func staleMarkersMustBeSentAsTheyAre() throws {
    try timestampsMustBeMillisecondsAndValuesExact()
  }

  @Test(arguments: [true, false]) func orderingMustBeKeptForEachSeriesWhateverFails(twoLanes: Bool) throws {
    var random = SeededGenerator(seed: 5)
    var configuration = SenderConfiguration(destination: "central", maxSamplesPerSend: 30)
    configuration.acceptsOutOfOrder = twoLanes
    let world = try World(configuration)
    world.receiver.plan = { _, _, _ in
      switch Int.random(in: 0..<4, using: &random) {
      case 0: .answer(503)
      case 1: .fail(.timeout, stored: true, latency: 700)
      default: .store(latency: Int64.random(in: 1...3000, using: &random))
      }
    }
    try world.scrape(targets: 2, series: 100, times: 100, interval: 1000)
    world.receiver.plan = { _, _, _ in .store(latency: 1) }
    try world.run(for: 120_000)
    world.check()
    #expect(world.inFlightMax > 3)
  }

  @Test(arguments: [500, 501, 502, 503, 504, 505, 507, 511, 520, 599]) func retriesMustHappenOn5xxWithBackoff(
    status: Int
  ) throws {
    let world = try World()
    world.receiver.plan = { _, _, _ in .answer(status) }
    try world.collect(series: 1)
    try world.run(for: 600_000)
    #expect((15...120).contains(world.receiver.arrivals.count))
    #expect(world.ledger.queued == 1)
  }

  @Test(arguments: [200, 201, 202, 204, 206, 299]) func retriesMustNotHappenOn2xx(status: Int) throws {
    let world = try World()
    world.receiver.plan = { _, _, _ in .answer(status) }
    try world.collect(series: 5)
    try world.run(for: 600_000)
    #expect(world.receiver.arrivals.count == 1)
    #expect(world.ledger.delivered == 5)
  }

  /// The same request is never sent again; its parts are other requests.
  @Test(arguments: [400, 402, 406, 409, 412, 414, 416, 418, 422, 424, 425]) func retriesMustNotHappenOnOther4xx(
    status: Int
  ) throws {
    let world = try World()
    world.receiver.plan = { _, _, _ in .answer(status, body: "internal error, please retry") }
    try world.collect(series: 20)
    try world.run(for: 600_000)
    let bodies = world.receiver.arrivals.map(\.request.body)
    if AnswerStatus.says(status) {
      #expect(Set(bodies).count == bodies.count)
      #expect(world.ledger.rejected == ["other": 20])
    } else {
      #expect(world.ledger.queued == 20)
    }
  }

  @Test func errorsMustNotBeInterpreted() throws {
    for text in ["", "out of order", "try again later", "temporary", String(repeating: "x", count: 100_000)] {
      let world = try World()
      world.receiver.plan = { _, _, _ in .answer(400, body: text) }
      try world.collect(series: 8)
      try world.run(for: 60_000)
      #expect(world.receiver.arrivals.count == 15)
      #expect(world.ledger.rejected.values.reduce(0, +) == 8)
      // "SHOULD log it as is": it is there, bounded.
      #expect(
        world.sender.status.lastError?.text.hasPrefix(text.isEmpty ? "HTTP 400" : "HTTP 400: \(text.prefix(5))") == true
      )
      #expect((world.sender.status.lastError?.text.utf8.count ?? 999) <= 256)
    }
  }
}

/// What a 4xx that isn't 429 says: something about the samples, or about the address and credentials, which a person sets right.
private enum AnswerStatus {
  static func says(_ status: Int) -> Bool { !(401...407).contains(status) }
}
