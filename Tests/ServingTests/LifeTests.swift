import Glibc
import Serving
import Synchronization
import Testing

@Suite struct LifeTests {
  @Test func aForgottenRequestIsAnswered() throws {
    let server = try HTTPServer([.loopback()]) { _, _ in }
    let client = try RawClient(port: server.ports[0])
    try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(try client.answer().status == 500)
  }

  @Test func theFirstAnswerCounts() throws {
    let inbox = Inbox()
    let server = try HTTPServer([.loopback()], handler: inbox.put)
    let client = try RawClient(port: server.ports[0])
    for number in 0..<3 {
      try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
      let entry = try inbox.take()
      entry.responder.reply(.text(200, "\(number)"))
      entry.responder.reply(.text(200, "again"))
      #expect(try client.answer().text == "\(number)\n")
    }
  }

  @Test func statusesThatAreNoneBecome500() throws {
    let server = try HTTPServer([.loopback()]) { $1.reply(ServerAnswer(101)) }
    let client = try RawClient(port: server.ports[0])
    try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(try client.answer().status == 500)
  }

  @Test func anAnswerMayComeWhenNobodyWaitsForIt() throws {
    let inbox = Inbox()
    let server = try HTTPServer([.loopback()], handler: inbox.put)
    do {
      let client = try RawClient(port: server.ports[0])
      try client.send("GET /gone HTTP/1.1\r\nHost: x\r\n\r\n")
      try inbox.take().responder.reply(ServerAnswer(200))
    }
    let client = try RawClient(port: server.ports[0])
    try client.send("GET /late HTTP/1.1\r\nHost: x\r\n\r\n")
    let late = try inbox.take()
    server.stop(graceMilliseconds: 0)
    late.responder.reply(ServerAnswer(200))
    #expect(try client.isClosed())
  }

  @Test func stopsBehindTheAnswersInFlight() throws {
    let inbox = Inbox()
    let server = try HTTPServer([.loopback()], handler: inbox.put)
    let port = server.ports[0]
    let idle = try RawClient(port: port)
    let waiting = try RawClient(port: port)
    let sending = try RawClient(port: port)
    try waiting.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    try sending.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
    #expect(try sending.answer().status == 100)
    let entry = try inbox.take()
    let stopping = Stopping(server, graceMilliseconds: 600_000)
    #expect(try idle.isClosed())
    #expect(throws: RawClient.Failure.self) { try RawClient(port: port) }
    #expect(!stopping.isOver)
    entry.responder.reply(ServerAnswer(200))
    let answer = try waiting.answer()
    #expect(answer.status == 200)
    #expect(answer.headers["connection"] == "close")
    try sending.send("ab")
    try inbox.take().responder.reply(ServerAnswer(200))
    #expect(try sending.answer().headers["connection"] == "close")
    #expect(holds { stopping.isOver })
  }

  @Test func stopsAnywayWhenItsTimeIsUp() throws {
    let inbox = Inbox()
    let server = try HTTPServer([.loopback()], handler: inbox.put)
    let client = try RawClient(port: server.ports[0])
    try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    let entry = try inbox.take()
    server.stop(graceMilliseconds: 50)
    server.stop(graceMilliseconds: 50)
    #expect(try client.isClosed())
    entry.responder.reply(ServerAnswer(200))
  }
}

/// A stop on a thread of its own.
private final class Stopping: Sendable {
  private let over = Atomic(false)

  var isOver: Bool { over.load(ordering: .acquiring) }

  init(_ server: HTTPServer, graceMilliseconds: Int64) {
    Thread.start { [self] in
      server.stop(graceMilliseconds: graceMilliseconds)
      over.store(true, ordering: .releasing)
    }
  }
}

/// Runs work on a thread: a blocking call must not starve the tests' pool.
enum Thread {
  static func start(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let box = unsafe Unmanaged.passRetained(Box(body)).toOpaque()
    let failed = unsafe pthread_create(
      &thread,
      nil,
      {
        unsafe Unmanaged<Box>.fromOpaque($0!).takeRetainedValue().body()
        return nil
      },
      box
    )
    precondition(failed == 0, "no thread")
    pthread_detach(thread)
  }

  private final class Box {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
