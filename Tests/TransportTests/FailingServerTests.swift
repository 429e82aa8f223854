import Glibc
import Testing

@testable import Transport

/// Servers that break, hang or send more than anyone wants.
@Suite struct FailingServerTests {
  private let loop: NetworkLoop

  init() throws { loop = try NetworkLoop() }

  @Test func nobodyListening() async throws {
    let failure = try await loop.failure(HTTPRequest(.get, "http://127.0.0.1:\(closedPort())/"))
    #expect(failure.kind == .connect)
  }

  /// A name too long for DNS, so that no server is asked: one that is slow to say no would make this a timeout.
  @Test func aNameWithoutAnAddress() async throws {
    let name = String(repeating: "a", count: 64) + ".invalid"
    let failure = try await loop.failure(HTTPRequest(.get, "http://\(name)/"))
    #expect(failure.kind == .resolve)
    #expect(failure.message.hasPrefix("http://\(name):80: "))
  }

  @Test func aConnectionThatIsNotTaken() async throws {
    let full = FullPort()
    let request = HTTPRequest(.get, "http://127.0.0.1:\(full.port)/", connectTimeoutMilliseconds: 200)
    #expect(try await loop.failure(request).kind == .timeout)
  }

  @Test func aServerThatSaysNothing() async throws {
    let server = LoopbackServer { connection in connection.readToEnd() }
    #expect(try await loop.failure(HTTPRequest(.get, server.url, timeoutMilliseconds: 200)).kind == .timeout)
  }

  /// Every byte resets a timer that only looks at silence; the deadline is on the whole.
  @Test func aServerThatDrips() async throws {
    let server = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
      while connection.write("x") { usleep(5_000) }
    }
    #expect(try await loop.failure(HTTPRequest(.get, server.url, timeoutMilliseconds: 300)).kind == .timeout)
  }

  @Test func aResetInTheBody() async throws {
    let server = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
      connection.reset()
    }
    let failure = try await loop.failure(HTTPRequest(.get, server.url))
    #expect(failure.kind == .other)
    #expect(failure.message.hasPrefix("http://\(server.authority): "))
  }

  @Test func halfAnAnswer() async throws {
    let server = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
    }
    #expect(try await loop.failure(HTTPRequest(.get, server.url)).kind == .other)
  }

  @Test func halfAChunkedAnswer() async throws {
    let server = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")
    }
    #expect(try await loop.failure(HTTPRequest(.get, server.url)).kind == .other)
  }

  @Test func noAnswerAtAll() async throws {
    let server = LoopbackServer { connection in _ = connection.readRequest() }
    #expect(try await loop.failure(HTTPRequest(.get, server.url)).kind == .other)
  }

  @Test(arguments: ["SSH-2.0-OpenSSH_9.2\r\n", "\u{0}\u{1}\u{2}\u{3}\r\n\r\n"])
  func anotherProtocol(_ greeting: String) async throws {
    let server = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.write(greeting)
    }
    #expect(try await loop.failure(HTTPRequest(.get, server.url)).kind == .other)
  }

  @Test func readsNoMoreThanItWasAllowed() async throws {
    let server = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\n")
      let piece = [UInt8](repeating: UInt8(ascii: "7"), count: 65_536)
      while connection.write(piece) {}
    }
    let request = HTTPRequest(.get, server.url, answerByteCountMax: 100_000)
    let answer = try await loop.answer(request)
    #expect(answer.status == 200)
    #expect(answer.isTruncated)
    #expect(answer.body.count == 100_000)
    #expect(try await loop.failure(request.with { $0.excess = .fail }).kind == .tooLarge)
  }

  @Test func exactlyWhatItWasAllowedIsWhole() async throws {
    let server = LoopbackServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n1234")
    let request = HTTPRequest(.get, server.url, answerByteCountMax: 4).with { $0.excess = .fail }
    let answer = try await loop.answer(request)
    #expect(answer.body == Array("1234".utf8))
    #expect(!answer.isTruncated)
  }

  /// An endless stream of zeros, 159 bytes for each byte sent.
  @Test func aGzipBombIsCountedAfterInflation() async throws {
    let server = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
      connection.write(GzipBomb.beginning)
      while connection.write(GzipBomb.period) {}
    }
    let request = HTTPRequest(.get, server.url, answerByteCountMax: 1_000_000).with { $0.acceptsGzip = true }
    let answer = try await loop.answer(request)
    #expect(answer.isTruncated)
    #expect(answer.body.count == 1_000_000)
    #expect(!answer.body.contains { $0 != 0 })
    #expect(try #require(server.requests.first).contains("\r\nAccept-Encoding: gzip\r\n"))
    #expect(try await loop.failure(request.with { $0.excess = .fail }).kind == .tooLarge)
  }

  /// Many, long ones, and a single one that is longer than libcurl itself reads.
  @Test(arguments: [1, 1_000, 200_000])
  func aHeaderBomb(valueByteCount: Int) async throws {
    let server = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\n")
      let header = "X-A: \(String(repeating: "a", count: valueByteCount))\r\n"
      while connection.write(header) {}
    }
    #expect(try await loop.failure(HTTPRequest(.get, server.url)).kind == .tooLarge)
  }

  @Test func endlessInterimAnswers() async throws {
    let server = LoopbackServer { connection in
      _ = connection.readRequest()
      while connection.write("HTTP/1.1 100 Continue\r\n\r\n") {}
    }
    #expect(try await loop.failure(HTTPRequest(.get, server.url)).kind == .tooLarge)
  }
}

/// A deflate stream in which a zero is followed by copies of it without end (RFC 1951, 3.2.6; RFC 1952).
private enum GzipBomb {
  static let beginning: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3] + Array(packed.prefix(13))
  /// Copies of 258 bytes take 13 bits, so the bytes repeat after 13.
  static let period: [UInt8] = Array(repeating: packed.dropFirst(13).prefix(13), count: 1_000).flatMap { $0 }

  private static let packed: [UInt8] = {
    // Last block, fixed codes; the literal 0.
    var bits = [1, 1, 0] + [0, 0, 1, 1, 0, 0, 0, 0]
    // Length 258, distance 1.
    for _ in 0..<32 { bits += [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0] }
    return stride(from: 0, to: bits.count - 7, by: 8).map { start in
      bits[start..<(start + 8)].enumerated().reduce(UInt8(0)) { $0 | UInt8($1.element) << UInt8($1.offset) }
    }
  }()
}
