import Glibc
import Serving
import Synchronization

/// A handler that keeps requests until the test answers them, from its own thread.
final class Inbox: Sendable {
  struct Entry: Sendable {
    let request: ServerRequest
    let responder: Responder
  }

  struct NothingCame: Error {}

  private let entries = Mutex<[Entry]>([])

  func put(_ request: ServerRequest, _ responder: Responder) {
    entries.withLock { $0.append(Entry(request: request, responder: responder)) }
  }

  var count: Int { entries.withLock { $0.count } }

  /// The oldest request; waits for one, within a bound.
  func take() throws -> Entry {
    for _ in 0..<20_000 {
      if let entry = entries.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return entry }
      usleep(1000)
    }
    throw NothingCame()
  }
}

/// Waits for a condition, within a bound.
func holds(_ condition: () -> Bool) -> Bool {
  for _ in 0..<20_000 {
    if condition() { return true }
    usleep(1000)
  }
  return condition()
}

extension Listener {
  /// On a free port of loopback.
  static func loopback(
    name: String = "test",
    body: Int = 1 << 20,
    connections: Int = 512,
    probes: Int = 2,
    timeouts: Timeouts = Timeouts()
  ) -> Listener {
    Listener(
      name: name,
      address: .tcp(host: "127.0.0.1", port: 0),
      bodyByteCountMax: body,
      connectionCountMax: connections,
      probeConnectionCountMax: probes,
      timeouts: timeouts
    )
  }
}

/// Answers with what the server made of the request.
func describe(_ request: ServerRequest, _ responder: Responder) {
  let line = "\(request.listener) \(request.method) \(request.path) ?\(request.query) \(request.body.count)"
  responder.reply(ServerAnswer(200, headers: [("x-saw", request.header("x-probe") ?? "")], body: Array(line.utf8)))
}
