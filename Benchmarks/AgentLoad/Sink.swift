import Glibc
import Synchronization

/// Takes remote write, or fails in the way that it is told to.
final class Sink: Sendable {
  private struct State {
    var ledger = Ledger()
    var mode = "ok"
    /// Bytes a second that the line carries; nothing for any number.
    var rate: Int?
    /// When the line has carried everything so far, in microseconds.
    var lineFreeAt = 0
  }

  private let state = Mutex(State())
  private let keepsAccount: Bool

  private init(keepsAccount: Bool) { self.keepsAccount = keepsAccount }

  static func run(keepsAccount: Bool) {
    let sink = Sink(keepsAccount: keepsAccount)
    let data = Listener(port: 0) { connection in
      while let request = connection.next(), sink.take(request, connection) {}
    }
    let control = Listener(port: 0) { connection in
      while let request = connection.next() {
        connection.answer(200, type: "application/json", Array(sink.control(request.path, data).utf8))
      }
    }
    AgentLoad.say("\(data.port) \(control.port)")
  }

  /// - Returns: whether the connection goes on.
  private func take(_ request: Connection.Request, _ connection: Connection) -> Bool {
    guard request.method == "POST" else {
      connection.answer(200)
      return true
    }
    // An agent that looks for gaps asks what there is.
    guard request.path == "/api/v1/write" else {
      connection.answer(404)
      return true
    }
    waitForLine(request.body.count)
    let mode = state.withLock { $0.mode }
    switch mode {
    case "ok":
      guard let count = take(request) else {
        connection.answer(400)
        return true
      }
      connection.answer(204, headers: "X-Prometheus-Remote-Write-Samples-Written: \(count)\r\n")
    case "reset":
      connection.reset()
      return false
    case "hang":
      while state.withLock({ $0.mode }) == "hang" { usleep(20_000) }
      return false
    default:
      connection.answer(Int(mode) ?? 500)
    }
    return true
  }

  private func take(_ request: Connection.Request) -> Int? {
    if keepsAccount { return state.withLock { $0.ledger.take(request.body, isVersion2: request.isVersion2) } }
    // Not under the lock: connections count at the same time.
    let count = SampleCount.of(request.body, isVersion2: request.isVersion2)
    state.withLock { $0.ledger.note(sampleCount: count, byteCount: request.body.count) }
    return count
  }

  /// The line carries one request after another; an answer comes when its request would have arrived.
  private func waitForLine(_ byteCount: Int) {
    let wait = state.withLock { state -> Int in
      guard let rate = state.rate else { return 0 }
      let now = Self.microseconds
      state.lineFreeAt = max(state.lineFreeAt, now) + byteCount * 1_000_000 / rate
      return state.lineFreeAt - now
    }
    if wait > 0 { usleep(UInt32(clamping: wait)) }
  }

  private static var microseconds: Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
  }

  private func control(_ path: Substring, _ data: Listener) -> String {
    let parts = path.split(separator: "/")
    switch parts.first {
    case "stats": return state.withLock { $0.ledger.stats }
    case "scrapes": return state.withLock { $0.ledger.listing }
    case "rate" where parts.count == 2:
      state.withLock { $0.rate = Int(parts[1]).flatMap { $0 > 0 ? $0 : nil } }
      return "{}"
    case "mode" where parts.count == 2:
      let mode = String(parts[1])
      state.withLock { $0.mode = mode == "refuse" ? "ok" : mode }
      if mode == "refuse" { data.refuse() } else { data.resume() }
      return "{}"
    default: return "{}"
    }
  }
}
