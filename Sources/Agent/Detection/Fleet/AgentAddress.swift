/// Where an agent answers: a numeric address, as a name was resolved to.
public struct AgentAddress: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// `10.0.0.7`, or `fd00::7` without brackets.
  public let host: String
  public let port: Int

  public init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// As it stands in a URL.
  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  public static func < (left: AgentAddress, right: AgentAddress) -> Bool {
    (left.host, left.port) < (right.host, right.port)
  }
}

/// A name that stands for agents, with the port that they answer at: each of its addresses is one.
public struct AgentName: Hashable, Sendable {
  public let host: String
  public let port: Int

  public init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Reads `host:port`; nothing where it isn't that.
  public init?(parsing text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0 else {
      return nil
    }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    let isPlain = host.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
        || "-._:%".utf8.contains(byte)
    }
    guard !host.isEmpty, host.utf8.count <= 253, isPlain else { return nil }
    self.init(host: String(host), port: Int(port))
  }
}
