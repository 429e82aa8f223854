import Synchronization
import Testing

@testable import Transport

/// Many requests at once, and requests that end early.
@Suite struct ManyRequestsTests {
  @Test func aThousandRequestsOverAFewConnections() async throws {
    var configuration = NetworkLoop.Configuration()
    configuration.openPerOriginMax = 8
    let loop = try NetworkLoop(configuration)
    let server = LoopbackServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    let count = try await withThrowingTaskGroup { group in
      for _ in 0..<1_000 { group.addTask { try await loop.answer(HTTPRequest(.get, server.url)).status } }
      return try await group.reduce(0) { $0 + ($1 == 200 ? 1 : 0) }
    }
    #expect(count == 1_000)
    #expect(server.requests.count == 1_000)
    #expect(server.connectionPeak <= 8)
  }

  @Test func aServerThatHangsHoldsUpNoOther() async throws {
    var configuration = NetworkLoop.Configuration()
    configuration.openPerOriginMax = 2
    let loop = try NetworkLoop(configuration)
    let hanging = LoopbackServer { connection in connection.readToEnd() }
    let server = LoopbackServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    for _ in 0..<100 { loop.submit(HTTPRequest(.get, hanging.url)) { _ in } }
    #expect(try await loop.answer(HTTPRequest(.get, server.url)).status == 200)
  }

  @Test func waitingForAConnectionCountsTowardsTheDeadline() async throws {
    var configuration = NetworkLoop.Configuration()
    configuration.openPerOriginMax = 1
    let loop = try NetworkLoop(configuration)
    let hanging = LoopbackServer { connection in connection.readToEnd() }
    loop.submit(HTTPRequest(.get, hanging.url)) { _ in }
    let failure = try await loop.failure(HTTPRequest(.get, hanging.url, timeoutMilliseconds: 100))
    #expect(failure.kind == .timeout)
    #expect(failure.message.contains("no connection was free"))
    #expect(hanging.requests.isEmpty && hanging.connectionCount <= 1)
  }

  @Test func tooManyWaitingIsAFailure() async throws {
    var configuration = NetworkLoop.Configuration()
    configuration.openMax = 1
    configuration.waitingMax = 10
    let loop = try NetworkLoop(configuration)
    let hanging = LoopbackServer { connection in connection.readToEnd() }
    let failures = Mutex(0)
    for _ in 0..<50 { loop.submit(HTTPRequest(.get, hanging.url)) { _ in failures.withLock { $0 += 1 } } }
    let failure = try await loop.failure(HTTPRequest(.get, hanging.url))
    #expect(failure.message.hasSuffix("10 requests are waiting already"))
    #expect(failures.withLock { $0 } >= 39)
    loop.stop()
    #expect(failures.withLock { $0 } == 50)
  }

  @Test func cancelEndsARequestWhereverItIs() async throws {
    var configuration = NetworkLoop.Configuration()
    configuration.openPerOriginMax = 1
    let loop = try NetworkLoop(configuration)
    let hanging = LoopbackServer { connection in connection.readToEnd() }
    // The first one is open, the second waits.
    for _ in 0..<2 {
      let result = await withCheckedContinuation { continuation in
        loop.submit(HTTPRequest(.get, hanging.url)) { _ in }
        let id = loop.submit(HTTPRequest(.get, hanging.url)) { continuation.resume(returning: $0) }
        loop.cancel(id)
        loop.cancel(id)
      }
      let failure = try result.failure
      #expect(failure.kind == .cancelled)
    }
    let server = LoopbackServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    #expect(try await loop.answer(HTTPRequest(.get, server.url)).status == 200)
  }

  @Test func cancelAnOpenRequest() async throws {
    let loop = try NetworkLoop()
    let id = Mutex<UInt64>(0)
    let server = LoopbackServer { connection in
      _ = connection.readRequest()
      loop.cancel(id.withLock { $0 })
      connection.readToEnd()
    }
    let result = await withCheckedContinuation { continuation in
      id.withLock { $0 = loop.submit(HTTPRequest(.get, server.url)) { continuation.resume(returning: $0) } }
    }
    let failure = try result.failure
    #expect(failure.kind == .cancelled)
    #expect(server.requests.count == 1)
  }

  @Test func stopEndsEverythingOnce() async throws {
    let loop = try NetworkLoop()
    let hanging = LoopbackServer { connection in connection.readToEnd() }
    let kinds = Mutex<[TransportFailure.Kind]>([])
    for _ in 0..<300 {
      loop.submit(HTTPRequest(.get, hanging.url)) { result in
        if case .failure(let failure) = result { kinds.withLock { $0.append(failure.kind) } }
      }
    }
    loop.stop()
    #expect(kinds.withLock { $0 } == Array(repeating: .cancelled, count: 300))
    loop.stop()
    #expect(try await loop.failure(HTTPRequest(.get, hanging.url)).kind == .cancelled)
  }

  @Test func theLastReferenceMayGoInACompletion() async throws {
    let server = LoopbackServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    for _ in 0..<20 {
      await withCheckedContinuation { continuation in
        do {
          let loop = try NetworkLoop()
          loop.submit(HTTPRequest(.get, server.url)) { [loop] _ in
            _ = loop
            continuation.resume()
          }
        } catch {
          Issue.record(error)
          continuation.resume()
        }
      }
    }
  }
}
