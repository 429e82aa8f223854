import Testing

@testable import Transport

@Suite struct HTTPClientTests {
  @Test func waitsForAnswersOnOneConnection() throws {
    let server = LoopbackServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    var client = HTTPClient()
    for _ in 0..<10 { #expect(try client.send(HTTPRequest(.post, server.url, body: [1])).body == Array("ok".utf8)) }
    #expect(server.connectionCount == 1)
    #expect(server.requests.count == 10)
  }

  @Test func waitsForFailures() {
    var client = HTTPClient()
    do throws(TransportFailure) {
      _ = try client.send(HTTPRequest(.get, "http://127.0.0.1:\(closedPort())/"))
      Issue.record("an answer from a closed port")
    } catch {
      #expect(error.kind == .connect)
    }
  }
}
