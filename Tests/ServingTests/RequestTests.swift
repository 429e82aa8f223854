import Serving
import Testing

@Suite struct RequestTests {
  @Test func answersWhatItWasAsked() throws {
    let server = try HTTPServer([.loopback(name: "main")], handler: describe)
    let client = try RawClient(port: server.ports[0])
    try client.send("GET /a/b?c=%20d?e HTTP/1.1\r\nHost: x\r\nX-Probe: one\r\n\r\n")
    let answer = try client.answer()
    #expect(answer.status == 200)
    #expect(answer.text == "main GET /a/b ?c=%20d?e 0")
    #expect(answer.headers["x-saw"] == "one")
    #expect(answer.headers["connection"] == nil)
    #expect(answer.headers["date"]?.hasSuffix(" GMT") == true)
  }

  @Test func answersHeadWithoutABody() throws {
    let server = try HTTPServer([.loopback()], handler: describe)
    let client = try RawClient(port: server.ports[0])
    try client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n")
    let head = try client.answer(toHead: true)
    #expect(head.headers["content-length"] == "15")
    #expect(try client.answer().text == "test GET / ? 0")
  }

  @Test func takesABodyByLengthAndInChunks() throws {
    let inbox = Inbox()
    let server = try HTTPServer([.loopback()], handler: inbox.put)
    let client = try RawClient(port: server.ports[0])
    let body = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try client.send("POST /w HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.count)\r\n\r\n")
    try client.send(Array(body[..<70_001]))
    try client.send(Array(body[70_001...]))
    let first = try inbox.take()
    #expect(first.request.body == body)
    first.responder.reply(ServerAnswer(204))
    #expect(try client.answer().status == 204)

    try client.send("POST /w HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
    for start in stride(from: 0, to: body.count, by: 33_333) {
      let part = body[start..<min(start + 33_333, body.count)]
      try client.send("\(String(part.count, radix: 16))\r\n")
      try client.send(Array(part) + [13, 10])
    }
    try client.send("0\r\n\r\n")
    let second = try inbox.take()
    #expect(second.request.body == body)
    second.responder.reply(ServerAnswer(200))
    #expect(try client.answer().status == 200)
  }

  @Test func answersPipelinedRequestsInOrder() throws {
    let inbox = Inbox()
    let server = try HTTPServer([.loopback()], handler: inbox.put)
    let client = try RawClient(port: server.ports[0])
    try client.send((0..<50).map { "GET /\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined())
    for number in 0..<50 {
      let entry = try inbox.take()
      #expect(inbox.count == 0)
      #expect(entry.request.path == "/\(number)")
      entry.responder.reply(.text(200, "\(number)"))
    }
    for number in 0..<50 { #expect(try client.answer().text == "\(number)\n") }
  }

  @Test func saysToContinue() throws {
    let inbox = Inbox()
    let server = try HTTPServer([.loopback()], handler: inbox.put)
    let client = try RawClient(port: server.ports[0])
    try client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
    #expect(try client.answer().status == 100)
    try client.send("abc")
    try inbox.take().responder.reply(ServerAnswer(200))
    #expect(try client.answer().status == 200)
  }

  @Test func speaksHTTP10() throws {
    let server = try HTTPServer([.loopback()], handler: describe)
    let kept = try RawClient(port: server.ports[0])
    try kept.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    #expect(try kept.answer().headers["connection"] == "keep-alive")
    try kept.send("GET / HTTP/1.0\r\n\r\n")
    #expect(try kept.answer().headers["connection"] == "close")
    #expect(try kept.isClosed())
  }

  @Test func takesAnAbsoluteURL() throws {
    let server = try HTTPServer([.loopback()], handler: describe)
    let client = try RawClient(port: server.ports[0])
    for (target, seen) in [
      ("http://x:1/a?b", "/a ?b"), ("HTTP://x", "/ ?"), ("http://x?b=/", "/ ?b=/"), ("*", "* ?"),
    ] {
      try client.send("OPTIONS \(target) HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(try client.answer().text == "test OPTIONS \(seen) 0")
    }
  }

  @Test func waitsForItsAnswerBehindAHalfClosedConnection() throws {
    let inbox = Inbox()
    let server = try HTTPServer([.loopback()], handler: inbox.put)
    let client = try RawClient(port: server.ports[0])
    try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    client.shutForWriting()
    let entry = try inbox.take()
    entry.responder.reply(ServerAnswer(200))
    #expect(try client.answer().status == 200)
    #expect(try client.isClosed())
  }

  @Test func offersOfOtherProtocolsAreAnsweredAndClosed() throws {
    let server = try HTTPServer([.loopback()], handler: describe)
    let client = try RawClient(port: server.ports[0])
    try client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n")
    let answer = try client.answer()
    #expect(answer.status == 200)
    #expect(answer.headers["connection"] == "close")
    #expect(try client.isClosed())
  }

  @Test func headersStayOnTheirLine() throws {
    let server = try HTTPServer([.loopback()]) { request, responder in
      responder.reply(ServerAnswer(200, headers: [("x-text", "a\r\nx-more: b")]))
    }
    let client = try RawClient(port: server.ports[0])
    try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    let answer = try client.answer()
    #expect(answer.headers["x-text"] == "a  x-more: b")
    #expect(answer.headers["x-more"] == nil)
  }
}
