/// Scheme, host and port of a URL (RFC 6454): what shares connections, and what may be named in messages.
struct Origin: CustomStringConvertible {
  /// What requests share connections by.
  struct Server: Hashable {
    let scheme: Substring
    let host: Substring
    let port: UInt16
  }

  let scheme: Substring
  /// In brackets where it is an IPv6 address.
  let host: Substring
  let port: UInt16
  /// Path and query, from the first character behind the authority.
  let rest: Substring

  /// Nil for anything but an absolute http or https URL without a user.
  init?(_ url: String) {
    guard let separator = url.firstRange(of: "://") else { return nil }
    scheme = url[..<separator.lowerBound]
    let defaultPort: UInt16
    switch scheme {
    case "http": defaultPort = 80
    case "https": defaultPort = 443
    default: return nil
    }
    let behind = url[separator.upperBound...]
    let end = behind.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? behind.endIndex
    let authority = behind[..<end]
    rest = behind[end...]
    guard !authority.contains("@") else { return nil }
    let hostEnd: Substring.Index
    if authority.first == "[" {
      guard let bracket = authority.firstIndex(of: "]") else { return nil }
      hostEnd = authority.index(after: bracket)
    } else {
      hostEnd = authority.firstIndex(of: ":") ?? authority.endIndex
    }
    host = authority[..<hostEnd]
    let tail = authority[hostEnd...]
    guard !host.isEmpty else { return nil }
    if tail.isEmpty || tail == ":" {
      port = defaultPort
    } else {
      guard tail.first == ":", let number = UInt16(tail.dropFirst()), number > 0 else { return nil }
      port = number
    }
  }

  var server: Server { Server(scheme: scheme, host: host, port: port) }

  var description: String { "\(scheme)://\(host):\(port)" }
}
