import Glibc

/// One HTTP/1.1 connection of a client on loopback, read and answered in turn.
struct Connection {
  struct Request {
    let method: Substring
    let path: Substring
    let isVersion2: Bool
    let body: [UInt8]
  }

  private static let byteCountMax = 64 << 20
  private let socket: Int32
  private var input: [UInt8] = []

  init(_ socket: Int32) { self.socket = socket }

  /// The next request; nothing where the client is gone or says something else than requests with a length.
  mutating func next() -> Request? {
    while true {
      if let request = takeRequest() { return request }
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      let count = unsafe recv(socket, &chunk, chunk.count, 0)
      guard count > 0, input.count < Self.byteCountMax else { return nil }
      input += chunk[..<count]
    }
  }

  private mutating func takeRequest() -> Request? {
    let end = Array("\r\n\r\n".utf8)
    guard let headEnd = input.indices.first(where: { input[$0] == 13 && input[$0...].starts(with: end) }) else {
      return nil
    }
    let head = String(decoding: input[..<headEnd], as: UTF8.self)
    var length = 0
    var isVersion2 = false
    let lines = head.split(separator: "\r\n")
    for line in lines.dropFirst() {
      let lower = line.lowercased()
      if lower.hasPrefix("content-length:") { length = Int(lower.dropFirst(15).filter { $0 != " " }) ?? 0 }
      if lower.hasPrefix("content-type:"), lower.contains("io.prometheus.write.v2.request") { isVersion2 = true }
    }
    let start = headEnd + end.count
    guard input.count >= start + length else { return nil }
    let words = (lines.first ?? "").split(separator: " ")
    guard words.count == 3 else { return nil }
    let body = Array(input[start..<start + length])
    input.removeFirst(start + length)
    return Request(method: words[0], path: words[1], isVersion2: isVersion2, body: body)
  }

  func answer(_ status: Int, type: String = "text/plain; version=0.0.4", headers: String = "", _ body: [UInt8] = []) {
    let head =
      "HTTP/1.1 \(status) \(status < 300 ? "OK" : "No")\r\nContent-Type: \(type)\r\n\(headers)Content-Length: \(body.count)\r\n\r\n"
    let bytes = Array(head.utf8) + body
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe send(socket, buffer.baseAddress! + sent, buffer.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return }
      sent += count
    }
  }

  /// Ends it with a reset instead of an end in order.
  func reset() {
    var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
    unsafe setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
  }
}
