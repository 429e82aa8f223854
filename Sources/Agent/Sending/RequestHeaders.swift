/// Which message a request carries.
public enum RemoteWriteVersion: Hashable, Sendable {
  /// `prometheus.WriteRequest` (remote write 1.0).
  case v1
  /// `io.prometheus.write.v2.Request` (remote write 2.0).
  case v2
}

/// The headers that the remote-write specifications ask of a sender.
public enum RequestHeaders {
  /// Ours alone: a user's headers can't name these (remote write 1.0, "Protocol"; 2.0, "Required headers"), nor what belongs to
  /// the connection.
  public static let reserved: Set<String> = [
    "content-encoding", "content-type", "content-length", "user-agent", "x-prometheus-remote-write-version",
    "retry-attempt", "host", "connection", "transfer-encoding", "expect", "te", "trailer", "upgrade",
  ]

  /// All headers of a request but those of its authentication.
  /// - Parameters:
  ///   - custom: from the model. Reserved ones, and what isn't a header, are left out.
  ///   - toolVersion: of this program, for the user agent.
  public static func headers(
    for request: SendRequest,
    custom: [(name: String, value: String)],
    toolVersion: String
  ) -> [(name: String, value: String)] {
    headers(request.protocol, attempt: request.attempt, custom: custom, toolVersion: toolVersion)
  }

  static func headers(
    _ version: RemoteWriteVersion,
    attempt: Int,
    custom: [(name: String, value: String)],
    toolVersion: String
  ) -> [(name: String, value: String)] {
    var headers = [
      (name: "Content-Encoding", value: "snappy"),
      (name: "Content-Type", value: contentType(version)),
      (name: "User-Agent", value: "rescfg/\(toolVersion)"),
      (name: "X-Prometheus-Remote-Write-Version", value: version == .v1 ? "0.1.0" : "2.0.0"),
    ]
    if attempt > 0 { headers.append((name: "Retry-Attempt", value: "\(attempt)")) }
    for header in custom where isAllowed(header.name) && isPlain(header.value) { headers.append(header) }
    return headers
  }

  private static func contentType(_ version: RemoteWriteVersion) -> String {
    switch version {
    case .v1: "application/x-protobuf"
    case .v2: "application/x-protobuf;proto=io.prometheus.write.v2.Request"
    }
  }

  private static func isAllowed(_ name: String) -> Bool {
    !name.isEmpty && !reserved.contains(name.lowercased())
      && name.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
          || "!#$%&'*+-.^_`|~".utf8.contains(byte)
      }
  }

  /// Nothing that could begin a second header.
  private static func isPlain(_ value: String) -> Bool { value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 9 } }
}
