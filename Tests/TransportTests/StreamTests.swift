import Synchronization
import Testing

@testable import Transport

/// Answers that go on, and connections without a request.
@Suite struct StreamTests {
  private let loop: NetworkLoop

  init() throws { loop = try NetworkLoop() }

  @Test func chunksComeAsTheyAreSent() async throws {
    let isFirstHere = Mutex(false)
    let server = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nfirst\n\r\n")
      // The second event is sent only after the first was seen.
      while !isFirstHere.withLock({ $0 }) {}
      connection.write("7\r\nsecond\n\r\n0\r\n\r\n")
    }
    let bytes = Mutex<[UInt8]>([])
    let request = HTTPRequest(.get, server.url).with {
      $0.chunk = { status, piece in
        bytes.withLock { $0 += piece }
        isFirstHere.withLock { $0 = true }
        return status == 200
      }
    }
    let answer = try await loop.answer(request)
    #expect(answer.status == 200)
    #expect(answer.body.isEmpty)
    #expect(bytes.withLock { $0 } == Array("first\nsecond\n".utf8))
  }

  @Test func theReaderMayEndIt() async throws {
    let server = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\n\r\n")
      while connection.write("event\n") {}
    }
    let request = HTTPRequest(.get, server.url).with { $0.chunk = { _, _ in false } }
    #expect(try await loop.failure(request).kind == .cancelled)
  }

  @Test func aStreamIsBoundedToo() async throws {
    let server = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\n\r\n")
      while connection.write("event\n") {}
    }
    let count = Mutex(0)
    let request = HTTPRequest(.get, server.url, answerByteCountMax: 100_000).with {
      $0.chunk = { _, piece in
        count.withLock { $0 += piece.count }
        return true
      }
    }
    #expect(try await loop.answer(request).isTruncated)
    #expect(count.withLock { $0 } == 100_000)
  }

  @Test func aProbeConnectsAndSaysNothing() async throws {
    let server = LoopbackServer { connection in _ = connection.readRequest() }
    for _ in 0..<3 { try await loop.reach(HTTPRequest(.get, server.url)).get() }
    #expect(server.connectionCount == 3)
    #expect(server.requests.isEmpty)
  }

  @Test func aProbeFails() async throws {
    let result = await loop.reach(HTTPRequest(.get, "http://127.0.0.1:\(closedPort())/"))
    #expect(throws: TransportFailure.self) { try result.get() }
    let full = FullPort()
    let request = HTTPRequest(.get, "http://127.0.0.1:\(full.port)/", connectTimeoutMilliseconds: 200)
    #expect(try await loop.reach(request).failure.kind == .timeout)
  }
}
