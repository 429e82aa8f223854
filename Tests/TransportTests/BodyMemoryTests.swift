import Testing

@testable import Transport

@Suite struct BodyMemoryTests {
  @Test func isSharedBeyondWhatEachHas() {
    let memory = BodyMemory(byteCountMax: 3 << 20)
    #expect(memory.take(1 << 20, held: 0))
    #expect(memory.take(2 << 20, held: 1 << 20))
    #expect(!memory.take(1, held: 3 << 20))
    // Another body still has its own.
    #expect(memory.take(1 << 20, held: 0))
    #expect(!memory.take(1, held: 1 << 20))
    memory.giveBack(3 << 20)
    #expect(memory.take(1 << 20, held: 1 << 20))
  }

  /// Two servers that never end, and one that answers as it should while they take what there is.
  @Test func serversWithoutEndTakeNoMoreThanThereIs() async throws {
    var configuration = NetworkLoop.Configuration()
    configuration.bodiesByteCountMax = 8 << 20
    let loop = try NetworkLoop(configuration)
    let endless = LoopbackServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\n")
      let chunk = [UInt8](repeating: 120, count: 1 << 16)
      while connection.write(chunk) {}
    }
    let good = LoopbackServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    async let first = loop.result(HTTPRequest(.get, endless.url).with { $0.answerByteCountMax = 1 << 30 })
    async let second = loop.result(HTTPRequest(.get, endless.url).with { $0.answerByteCountMax = 1 << 30 })
    #expect(try await loop.answer(HTTPRequest(.get, good.url)).body == Array("ok".utf8))
    for result in await [first, second] {
      let failure = try result.failure
      #expect(failure.kind == .tooLarge && failure.message.contains("no memory is left"))
    }
    // What they had is free again.
    let large = LoopbackServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 7000000\r\n\r\n")
      connection.write([UInt8](repeating: 120, count: 7_000_000))
    }
    let request = HTTPRequest(.get, large.url).with { $0.answerByteCountMax = 1 << 30 }
    #expect(try await loop.answer(request).body.count == 7_000_000)
  }
}
