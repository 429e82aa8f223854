import Glibc
import Serving
import Testing

@Suite struct BoundsTests {
  @Test func refusesABodyThatIsAnnouncedTooLarge() throws {
    let server = try HTTPServer([.loopback(body: 1000)], handler: describe)
    let client = try RawClient(port: server.ports[0])
    try client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\nExpect: 100-continue\r\n\r\n")
    #expect(try client.answer().status == 413)
    #expect(try client.isClosed())
    #expect(server.counts.tooLargeBodies == 1)
    let other = try RawClient(port: server.ports[0])
    try other.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n" + String(repeating: "x", count: 1000))
    #expect(try other.answer().status == 200)
  }

  @Test func refusesChunksThatAddUpToTooMuch() throws {
    let server = try HTTPServer([.loopback(body: 1000)], handler: describe)
    let client = try RawClient(port: server.ports[0])
    try client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
    // The rest of an endless body is still taken for a while, so that the client reads its answer.
    for _ in 0..<100 { try client.send("a\r\n0123456789\r\n") }
    try client.send("1\r\n0\r\n")
    #expect(try client.answer().status == 413)
  }

  @Test func refusesHeadersThatAreTooLargeOrTooMany() throws {
    let server = try HTTPServer([.loopback()], handler: describe)
    let requests = [
      "GET /" + String(repeating: "a", count: 33_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nX: " + String(repeating: "a", count: 33_000) + "\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\n" + String(repeating: "x: y\r\n", count: 100) + "\r\n",
    ]
    for request in requests {
      let client = try RawClient(port: server.ports[0])
      try client.send(request)
      #expect(try client.answer().status == 431)
      #expect(try client.isClosed())
    }
    #expect(server.counts.tooLargeHeaders == 3)
    let client = try RawClient(port: server.ports[0])
    try client.send("GET / HTTP/1.1\r\nHost: x\r\n" + String(repeating: "x: y\r\n", count: 99) + "\r\n")
    #expect(try client.answer().status == 200)
  }

  @Test(arguments: [
    ("\0\0\0\0\r\n\r\n", 400), ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
    ("GET / HTTP/2.0\r\nHost: x\r\n\r\n", 400), ("GET foo HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
    ("GET / HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\n\r\n", 417),
  ])
  func turnsAwayWhatItDoesNotUnderstand(request: String, status: Int) throws {
    let server = try HTTPServer([.loopback()], handler: describe)
    let client = try RawClient(port: server.ports[0])
    try client.send(request)
    #expect(try client.answer().status == status)
    #expect(try client.isClosed())
    #expect(server.counts.malformedRequests == 1)
  }

  /// Long enough that none runs out while the test still sends, on a machine that stands still for a moment.
  @Test func closesSlowRequests() throws {
    let timeouts = Listener.Timeouts(header: 1_500, body: 1_500, idle: 1_500)
    let server = try HTTPServer([.loopback(timeouts: timeouts)], handler: describe)
    let silent = try RawClient(port: server.ports[0])
    let header = try RawClient(port: server.ports[0])
    try header.send("GET / HT")
    let body = try RawClient(port: server.ports[0])
    try body.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n123")
    let idle = try RawClient(port: server.ports[0])
    try idle.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(try idle.answer().status == 200)
    #expect(try silent.isClosed())
    #expect(try header.answer().status == 408)
    #expect(try header.isClosed())
    #expect(try body.answer().status == 408)
    #expect(try body.isClosed())
    #expect(try idle.isClosed())
    #expect(server.counts.slowRequests == 2)
  }

  @Test func aHeaderInDribsIsNoLongerAllowedOnAKeptConnection() throws {
    let timeouts = Listener.Timeouts(header: 1_500, idle: 600_000)
    let server = try HTTPServer([.loopback(timeouts: timeouts)], handler: describe)
    let client = try RawClient(port: server.ports[0])
    try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(try client.answer().status == 200)
    try client.send("GET /slow")
    #expect(try client.answer().status == 408)
  }

  @Test func closesOnClientsThatDoNotRead() throws {
    let timeouts = Listener.Timeouts(answer: 200)
    let inbox = Inbox()
    let server = try HTTPServer([.loopback(timeouts: timeouts)], handler: inbox.put)
    let client = try RawClient(port: server.ports[0])
    try client.send(String(repeating: "GET / HTTP/1.1\r\nHost: x\r\n\r\n", count: 100))
    let entry = try inbox.take()
    entry.responder.reply(ServerAnswer(200, body: [UInt8](repeating: 7, count: 32 << 20)))
    #expect(holds { server.counts.slowReaders == 1 })
    // The requests behind it were not let in while their predecessor's answer was in the way.
    #expect(server.counts.requests == 1)
    withExtendedLifetime(client) {}
  }

  @Test func keepsConnectionsForProbes() throws {
    let server = try HTTPServer([.loopback(connections: 3, probes: 1)], handler: describe)
    let kept = try (0..<3).map { _ in try RawClient(port: server.ports[0]) }
    for client in kept {
      try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(try client.answer().status == 200)
    }
    let other = try RawClient(port: server.ports[0])
    try other.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    let refusal = try other.answer()
    #expect(refusal.status == 503)
    #expect(refusal.headers["connection"] == "close")
    #expect(try other.isClosed())
    other.shutForWriting()

    #expect(holds { (try? probe(server))?.status == 200 })
    let holding = try RawClient(port: server.ports[0])
    try holding.send("GET /-/healthy HT")
    #expect(holds { (try? probe(server))?.status == 503 })
    #expect(server.counts.refusedConnections >= 2)
    for client in kept {
      try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(try client.answer().status == 200)
    }
  }

  private func probe(_ server: HTTPServer) throws -> RawClient.Answer {
    let client = try RawClient(port: server.ports[0])
    try client.send("GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n")
    return try client.answer()
  }

  @Test func holdsTwoHundredConnections() throws {
    let server = try HTTPServer([.loopback(connections: 200, probes: 0)], handler: describe)
    let clients = try (0..<200).map { _ in try RawClient(port: server.ports[0]) }
    for _ in 0..<3 {
      for client in clients { try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n") }
      for client in clients { #expect(try client.answer().status == 200) }
    }
    #expect(server.counts.requests == 600)
  }

  @Test func forgetsClientsThatWereGoneBeforeItSawThem() throws {
    let server = try HTTPServer([.loopback(connections: 4, probes: 0)], handler: describe)
    for _ in 0..<100 { try RawClient(port: server.ports[0]).reset() }
    #expect(holds { (try? answersFourAtOnce(server)) == true })
  }

  private func answersFourAtOnce(_ server: HTTPServer) throws -> Bool {
    let clients = try (0..<4).map { _ in try RawClient(port: server.ports[0]) }
    return try clients.allSatisfy { client in
      try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
      return try client.answer().status == 200
    }
  }
}
