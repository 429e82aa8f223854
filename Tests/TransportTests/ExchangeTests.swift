import Testing

@testable import Transport

@Suite struct ExchangeTests {
  private let loop: NetworkLoop

  init() throws { loop = try NetworkLoop() }

  @Test func postsABodyAndReadsTheAnswer() async throws {
    let server = LoopbackServer(
      answering: "HTTP/1.1 429 Slow Down\r\nRetry-After:  7 \r\nX-Empty:\r\nContent-Length: 4\r\n\r\nlate"
    )
    let answer = try await loop.answer(
      HTTPRequest(
        .post,
        "\(server.url)api/v1/write?a=b",
        headers: [("X-Probe", "a: b"), ("X-Nothing", "")],
        body: Array("samples".utf8)
      )
    )
    #expect(answer.status == 429)
    #expect(answer.header("retry-after") == "7")
    #expect(answer.header("x-empty") == "")
    #expect(answer.body == Array("late".utf8))
    #expect(!answer.isTruncated)
    let request = try #require(server.requests.first)
    #expect(request.hasPrefix("POST /api/v1/write?a=b HTTP/1.1\r\n"))
    #expect(request.contains("\r\nX-Probe: a: b\r\n"))
    #expect(request.contains("\r\nX-Nothing:\r\n"))
    #expect(request.hasSuffix("\r\n\r\nsamples"))
    for unasked in ["expect:", "content-type:", "accept-encoding:", "authorization:"] {
      #expect(!request.lowercased().contains(unasked))
    }
  }

  @Test(arguments: [HTTPRequest.Method.put, .patch]) func otherMethodsHaveABodyToo(method: HTTPRequest.Method)
    async throws
  {
    let server = LoopbackServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    let request = HTTPRequest(method, server.url, headers: [("content-type", "a/b")], body: Array("{}".utf8))
    #expect(try await loop.answer(request).status == 200)
    let sent = try #require(server.requests.first)
    #expect(sent.hasPrefix("\(method.rawValue) / HTTP/1.1\r\n") && sent.hasSuffix("\r\n\r\n{}"))
    #expect(sent.lowercased().contains("\r\ncontent-type: a/b\r\n") && sent.contains("\r\nContent-Length: 2\r\n"))
  }

  @Test func anEmptyBodyIsSentAsSuch() async throws {
    let server = LoopbackServer(answering: "HTTP/1.1 204 No Content\r\n\r\n")
    #expect(try await loop.answer(HTTPRequest(.post, server.url)).status == 204)
    #expect(try #require(server.requests.first).contains("\r\nContent-Length: 0\r\n"))
  }

  /// Two megabytes are beyond every buffer on the way, and where libcurl would ask with `Expect: 100-continue`.
  @Test func aLargeBodyArrivesWhole() async throws {
    let server = LoopbackServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    let body = (0..<2_000_000).map { UInt8(ascii: "a") + UInt8($0 % 23) }
    _ = try await loop.answer(HTTPRequest(.post, server.url, body: body))
    let request = try #require(server.requests.first)
    #expect(request.utf8.suffix(body.count).elementsEqual(body))
    #expect(!request.contains("Expect"))
  }

  @Test func keepsItsConnection() async throws {
    let server = LoopbackServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    let request = HTTPRequest(.post, server.url, body: [1, 2, 3])
    _ = try await loop.answersInARow(Array(repeating: request, count: 100))
    #expect(server.requests.count == 100)
    #expect(server.connectionCount == 1)
  }

  /// Every kind of request after every other, over a loop that uses its handles again, says what it says over a new one.
  @Test func whatOneRequestSaysIsNotSaidByTheNext() async throws {
    let server = LoopbackServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    let get = HTTPRequest(.get, server.url + "metrics", headers: [("X-A", "1")])
    let post = HTTPRequest(.post, server.url + "metrics", headers: [("X-A", "1")], body: Array("long body".utf8))
    let kinds = [
      get, get.with { $0.acceptsGzip = true }, get.with { $0.url += "/2" },
      get.with { $0.headers = [("X-A", "e\u{301}")] },
      get.with { $0.headers = [("X-A", "\u{e9}")] }, get.with { $0.answerByteCountMax = 1 }, post,
      post.with { $0.body = [] }, post.with { $0.body = Array("short".utf8) }, post.with { $0.method = .put },
      post.with { $0.headers = [] }, post.with { $0.authorization = .token(.value(Secret("t"))) },
      post.with { $0.authorization = .basic(username: .value(Secret("u")), password: .value(Secret("p"))) },
    ]
    // Bytes: two of them differ by no more.
    var said: [[UInt8]] = []
    for kind in kinds {
      _ = try await NetworkLoop().answer(kind)
      said.append(Array(try #require(server.requests.last).utf8))
    }
    #expect(Set(said).count == kinds.count - 1, "only what is read of the answer differs between two")
    for first in kinds {
      for (second, expected) in zip(kinds, said) {
        _ = try await loop.answersInARow([first, second])
        #expect(server.requests.last.map { Array($0.utf8) == expected } == true)
      }
    }
  }

  @Test func aConnectionThatWasClosedMeanwhileIsNoFailure() async throws {
    let server = LoopbackServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    }
    for _ in 0..<20 { #expect(try await loop.answer(HTTPRequest(.post, server.url, body: [1])).status == 200) }
    #expect(server.connectionCount == 20)
  }

  /// Neither the redirect's place nor another host gets to see the credentials.
  @Test func redirectsAreAnAnswerLikeAnyOther() async throws {
    let elsewhere = LoopbackServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    let server = LoopbackServer(
      answering: "HTTP/1.1 307 Temporary Redirect\r\nLocation: \(elsewhere.url)\r\nContent-Length: 0\r\n\r\n"
    )
    let request = HTTPRequest(.post, server.url, body: [1])
      .with { $0.authorization = .token(.value(Secret("top-secret"))) }
    #expect(try await loop.answer(request).status == 307)
    #expect(elsewhere.connectionCount == 0)
  }

  @Test func anInterimAnswerIsNotTheAnswer() async throws {
    let server = LoopbackServer(
      answering: "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    )
    let answer = try await loop.answer(HTTPRequest(.get, server.url))
    #expect(answer.status == 200)
    #expect(answer.headers == [HTTPAnswer.Header(name: "content-length", value: "0")])
  }

  @Test(arguments: [
    "file:///etc/hostname", "ftp://127.0.0.1/", "/metrics", "", "http://", "http://name:pass@127.0.0.1/",
    "http://127.0.0.1:99999/",
  ])
  func otherURLsAreRefused(_ url: String) async throws {
    let failure = try await loop.failure(HTTPRequest(.get, url))
    #expect(failure.kind == .other)
    #expect(!failure.message.contains("pass"))
  }

  @Test(arguments: [("X-A", "a\r\nX-B: b"), ("X-A\r\nX-B", "b"), ("X-A: b\nX-B", "b"), ("", "b")])
  func aHeaderCanNotAddHeaders(_ header: (String, String)) async throws {
    let server = LoopbackServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    let failure = try await loop.failure(HTTPRequest(.get, server.url, headers: [(header.0, header.1)]))
    #expect(failure.kind == .other)
    #expect(server.connectionCount == 0)
  }
}
