/// Scheme, host and port of a URL (RFC 6454): what shares connections, and what may be named in messages.
struct Origin: Sendable, CustomStringConvertible {
  /// What requests share connections by.
  struct Server: Hashable, Sendable {
    let scheme: String
    let host: Substring
    let port: UInt16
  }

  let scheme: String
  /// In brackets where it is an IPv6 address.
  let host: Substring
  let port: UInt16
  /// Path and query, from the first character behind the authority.
  let rest: Substring

  /// Nil for anything but an absolute http or https URL without a user.
  init?(_ url: String) {
    // Bytes, not characters: this runs for each request, and every delimiter is ASCII.
    let bytes = url.utf8
    let defaultPort: UInt16
    let start: String.Index
    if url.hasPrefix("http://") {
      (defaultPort, start) = (80, bytes.index(bytes.startIndex, offsetBy: 7))
    } else if url.hasPrefix("https://") {
      (defaultPort, start) = (443, bytes.index(bytes.startIndex, offsetBy: 8))
    } else {
      return nil
    }
    scheme = defaultPort == 80 ? "http" : "https"
    let end = bytes[start...].firstIndex { $0 == slash || $0 == question || $0 == hash } ?? bytes.endIndex
    let authority = bytes[start..<end]
    rest = url[end...]
    guard !authority.contains(at) else { return nil }
    let hostEnd: String.Index
    if authority.first == bracket {
      guard let closing = authority.firstIndex(of: closingBracket) else { return nil }
      hostEnd = authority.index(after: closing)
    } else {
      hostEnd = authority.firstIndex(of: colon) ?? end
    }
    host = url[start..<hostEnd]
    guard !host.isEmpty else { return nil }
    let tail = authority[hostEnd...]
    if tail.count <= 1 {
      guard tail.allSatisfy({ $0 == colon }) else { return nil }
      port = defaultPort
    } else {
      guard tail.first == colon, let number = UInt16(url[hostEnd..<end].dropFirst()), number > 0 else { return nil }
      port = number
    }
  }

  var server: Server { Server(scheme: scheme, host: host, port: port) }

  var description: String { "\(scheme)://\(host):\(port)" }
}

private let slash = UInt8(ascii: "/")
private let question = UInt8(ascii: "?")
private let hash = UInt8(ascii: "#")
private let at = UInt8(ascii: "@")
private let colon = UInt8(ascii: ":")
private let bracket = UInt8(ascii: "[")
private let closingBracket = UInt8(ascii: "]")
