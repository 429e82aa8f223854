/// Where a listener listens.
public enum ListenAddress: Hashable, Sendable, CustomStringConvertible {
  /// A numeric address of this machine. Port 0 takes a free one.
  case tcp(host: String, port: Int)
  /// A socket file, created with mode 0600.
  case unix(path: String)

  /// Reads `127.0.0.1:9090`, `[::1]:9090`, `localhost:9090`, `:9090` (all of IPv4) or the absolute path of a socket.
  ///
  /// Host names other than `localhost` are refused: a start must not wait for a name server.
  public init(parsing text: String) throws(ServingError) {
    if text.hasPrefix("/") {
      self = .unix(path: text)
      return
    }
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
      throw ServingError(text, .malformedAddress)
    }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      throw ServingError(text, .malformedAddress)
    }
    switch host {
    case "": self = .tcp(host: "0.0.0.0", port: Int(port))
    case "localhost": self = .tcp(host: "127.0.0.1", port: Int(port))
    default: self = .tcp(host: String(host), port: Int(port))
    }
  }

  public var description: String {
    switch self {
    case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .unix(let path): path
    }
  }
}
