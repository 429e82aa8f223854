import Testing
import Transport

@Suite struct HTTPClientTests {
  @Test func postsABodyAndReadsTheAnswer() throws {
    let server = LoopbackServer(
      answering: "HTTP/1.1 429 Slow Down\r\nRetry-After:  7 \r\nContent-Length: 4\r\n\r\nlate"
    )
    var client = try HTTPClient()
    let answer = try client.send(
      HTTPRequest(
        .post,
        "http://127.0.0.1:\(server.port)/api/v1/write",
        headers: [("X-Probe", "a: b")],
        body: Array("samples".utf8)
      )
    )
    #expect(answer.status == 429)
    #expect(answer.header("retry-after") == "7")
    #expect(answer.body == Array("late".utf8))
    let request = try #require(server.received.first)
    #expect(request.hasPrefix("POST /api/v1/write HTTP/1.1\r\n"))
    #expect(request.contains("X-Probe: a: b\r\n"))
    #expect(request.hasSuffix("\r\n\r\nsamples"))
  }

  @Test func readsNoMoreThanItWasAllowed() throws {
    let server = LoopbackServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\n0123456789")
    var client = try HTTPClient()
    let answer = try client.send(HTTPRequest(.get, "http://127.0.0.1:\(server.port)/", answerByteCountMax: 4))
    #expect(answer.status == 200)
    #expect(answer.body == Array("0123".utf8))
    #expect(answer.isTruncated)
  }

  @Test func redirectsAreAnAnswerLikeAnyOther() throws {
    let server = LoopbackServer(
      answering: "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
    )
    var client = try HTTPClient()
    #expect(try client.send(HTTPRequest(.get, "http://127.0.0.1:\(server.port)/")).status == 302)
  }

  @Test func nobodyListening() throws {
    var client = try HTTPClient()
    do throws(TransportFailure) {
      _ = try client.send(HTTPRequest(.get, "http://127.0.0.1:1/"))
      Issue.record("an answer from a closed port")
    } catch {
      #expect(error.kind == .connect)
    }
  }

  @Test func otherProtocolsAreRefused() throws {
    var client = try HTTPClient()
    #expect(throws: TransportFailure.self) { try client.send(HTTPRequest(.get, "file:///etc/hostname")) }
  }
}
