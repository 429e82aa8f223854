import Glibc
import Serving
import Testing

/// Whatever arrives, the server goes on answering.
@Suite struct HostileBytesTests {
  private let good: [[UInt8]] = [
    "GET /a?b=c HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n",
    "POST /w HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n0123456789",
    "POST /w HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\n01234\r\n0\r\nT: u\r\n\r\n",
    "POST /w HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nab",
    "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
    "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\nPRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "OPTIONS * HTTP/1.0\r\n\r\nHEAD / HTTP/1.1\r\nHost: x\r\n\r\n",
  ].map { Array($0.utf8) }

  @Test(arguments: 1...4 as ClosedRange<UInt64>) func survivesAnyBytes(seed: UInt64) throws {
    let listener = Listener.loopback(body: 1000, timeouts: .init(header: 300, body: 300, idle: 300, linger: 50))
    let server = try HTTPServer([listener], handler: describe)
    var random = Randomness(state: seed)
    for round in 0..<250 {
      let client = try RawClient(port: server.ports[0])
      for part in pieces(of: hostile(&random), &random) {
        do { try client.send(part) } catch is RawClient.Failure { break }
      }
      if random.next() % 2 == 0 { client.shutForWriting() }
      if round % 10 == 0 {
        let honest = try RawClient(port: server.ports[0])
        try honest.send(good[0])
        #expect(try honest.answer().status == 200, "seed \(seed), round \(round)")
      }
    }
    #expect(server.counts.malformedRequests > 0)
  }

  private func hostile(_ random: inout Randomness) -> [UInt8] {
    if random.next() % 5 == 0 {
      return (0..<(random.next() % 3000)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }
    var bytes: [UInt8] = []
    for _ in 0...(random.next() % 3) { bytes += good[Int(random.next() % UInt64(good.count))] }
    let tokens = [
      "\r\n", "\0", ":", " ", "chunked", "Content-Length: 5\r\n", "99999999999", "-1", "\u{ff}", "HTTP/1.1", "\r",
    ]
    for _ in 0..<(random.next() % 6) {
      let place = Int(random.next() % UInt64(bytes.count))
      switch random.next() % 4 {
      case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
      case 1: bytes.removeSubrange(place..<min(place + Int(random.next() % 9), bytes.count))
      case 2: bytes.insert(contentsOf: tokens[Int(random.next() % UInt64(tokens.count))].utf8, at: place)
      default: bytes.insert(contentsOf: bytes[place...], at: place)
      }
      if bytes.isEmpty { return [0] }
    }
    return bytes
  }

  private func pieces(of bytes: [UInt8], _ random: inout Randomness) -> [[UInt8]] {
    guard bytes.count > 1, random.next() % 2 == 0 else { return [bytes] }
    let cut = 1 + Int(random.next() % UInt64(bytes.count - 1))
    return [Array(bytes[..<cut]), Array(bytes[cut...])]
  }
}

/// SplitMix64.
private struct Randomness {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
