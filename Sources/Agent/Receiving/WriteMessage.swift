/// The protobuf message in the body of a remote-write request, as its `Content-Type` names it.
public enum WriteMessage: Hashable, Sendable {
  /// `prometheus.WriteRequest`.
  case version1
  /// `io.prometheus.write.v2.Request`.
  case version2

  /// Reads a `Content-Type` (RFC 9110, 8.3.1).
  ///
  /// - Parameter contentType: without one, or without `proto=`, the message is 1.0's, as senders of that age have it.
  /// - Returns: nothing for a type that isn't remote write's, or a message unknown here.
  public init?(contentType: String?) {
    guard let contentType else {
      self = .version1
      return
    }
    let parts = contentType.split(separator: ";", omittingEmptySubsequences: false).map { $0.trimmed }
    guard parts[0].lowercased() == "application/x-protobuf" else { return nil }
    self = .version1
    for part in parts.dropFirst() where !part.isEmpty {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2 else { return nil }
      guard pair[0].lowercased() == "proto" else { continue }
      switch pair[1].unquoted {
      case "prometheus.WriteRequest": self = .version1
      case "io.prometheus.write.v2.Request": self = .version2
      default: return nil
      }
    }
  }
}

extension Substring {
  /// Without spaces and tabs at both ends: HTTP's optional white space.
  fileprivate var trimmed: Substring {
    let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    var rest = drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return rest
  }

  /// A parameter's value, which may stand in quotes.
  fileprivate var unquoted: Substring {
    guard count >= 2, first == "\"", last == "\"" else { return self }
    return dropFirst().dropLast()
  }
}
