import Glibc

/// The server's end of a connection.
final class Connection {
  private let descriptor: Int32
  private let note: (String) -> Void
  private var buffer: [UInt8] = []

  init(_ descriptor: Int32, noting note: @escaping (String) -> Void) {
    self.descriptor = descriptor
    self.note = note
  }

  /// Head and body of the next request, by its Content-Length; nil when the client has gone.
  func readRequest() -> String? {
    while true {
      if let end = headEnd {
        let head = String(decoding: buffer[..<end], as: UTF8.self)
        let field = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
        let bodyCount = field.flatMap { Int($0.dropFirst("content-length:".count).drop { $0 == " " }) } ?? 0
        if buffer.count >= end + bodyCount {
          let request = String(decoding: buffer[..<(end + bodyCount)], as: UTF8.self)
          buffer.removeFirst(end + bodyCount)
          note(request)
          return request
        }
      }
      guard read() else { return nil }
    }
  }

  /// Waits until the client has gone.
  func readToEnd() { while read() {} }

  /// Returns false when the client has gone.
  @discardableResult func write(_ text: String) -> Bool { write(Array(text.utf8)) }

  @discardableResult func write(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe send(descriptor, $0.baseAddress! + sent, $0.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  /// Closes with a reset instead of an end.
  func reset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
  }

  func close() { _ = Glibc.close(descriptor) }

  private var headEnd: Int? {
    buffer.indices.dropFirst(3).first { buffer[($0 - 3)...$0].elementsEqual("\r\n\r\n".utf8) }.map { $0 + 1 }
  }

  private func read() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    var count = 0
    repeat { count = unsafe recv(descriptor, &bytes, bytes.count, 0) } while count < 0 && errno == EINTR
    guard count > 0 else { return false }
    buffer += bytes.prefix(count)
    return true
  }
}
