import Glibc
import Testing

/// A client that sends what it is told, byte by byte, and reads answers.
final class RawClient {
  struct Failure: Error { let what: String }

  struct Answer {
    var status = 0
    var headers: [String: String] = [:]
    var body: [UInt8] = []

    var text: String { String(decoding: body, as: UTF8.self) }
  }

  private let descriptor: Int32
  private var unread: [UInt8] = []

  init(port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    address.sin_port = in_port_t(port).bigEndian
    setTimeouts()
    try connect(&address)
  }

  init(path: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    setTimeouts()
    try connect(&address)
  }

  deinit { close(descriptor) }

  private func connect<Address>(_ address: inout Address) throws {
    let failed = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        unsafe Glibc.connect(descriptor, generic, socklen_t(MemoryLayout<Address>.size)) != 0
      }
    }
    if failed { throw Failure(what: "connect: \(errno)") }
  }

  private func setTimeouts() {
    var limit = timeval(tv_sec: 20, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      unsafe setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
  }

  func send(_ text: String) throws { try send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes[sent...].withUnsafeBytes {
        unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { throw Failure(what: "send: \(errno)") }
      sent += count
    }
  }

  func shutForWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Makes the end of this client a reset.
  func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  /// Reads one answer; of a HEAD request without a body.
  func answer(toHead: Bool = false) throws -> Answer {
    while true {
      if let end = endOfHead() {
        let lines = String(decoding: unread[..<end], as: UTF8.self).split(separator: "\r\n")
        var answer = Answer()
        answer.status = Int(lines[0].split(separator: " ")[1]) ?? 0
        for line in lines.dropFirst() {
          let parts = line.split(separator: ":", maxSplits: 1)
          answer.headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
        }
        let length = toHead ? 0 : Int(answer.headers["content-length"] ?? "0") ?? 0
        while unread.count < end + 4 + length { try receive() }
        answer.body = Array(unread[(end + 4)..<(end + 4 + length)])
        unread.removeFirst(end + 4 + length)
        return answer
      }
      try receive()
    }
  }

  /// Whether the server closes now, having sent nothing more.
  func isClosed() throws -> Bool {
    if !unread.isEmpty { return false }
    var byte: UInt8 = 0
    let count = unsafe recv(descriptor, &byte, 1, 0)
    if count < 0, errno == ECONNRESET { return true }
    if count < 0 { throw Failure(what: "recv: \(errno)") }
    return count == 0
  }

  private func endOfHead() -> Int? {
    guard unread.count >= 4 else { return nil }
    return (0...(unread.count - 4)).first { unread[$0..<($0 + 4)].elementsEqual([13, 10, 13, 10]) }
  }

  private func receive() throws {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
    if count <= 0 { throw Failure(what: count == 0 ? "closed" : "recv: \(errno)") }
    unread += buffer.prefix(count)
  }
}
