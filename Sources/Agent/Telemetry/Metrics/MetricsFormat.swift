/// What `/metrics` is written as.
public enum MetricsFormat: Hashable, Sendable {
  /// Prometheus text format 0.0.4.
  case text
  /// OpenMetrics 1.0.
  case openMetrics

  /// For the header Content-Type.
  public var contentType: String {
    switch self {
    case .text: "text/plain; version=0.0.4; charset=utf-8"
    case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
    }
  }

  /// What a request's header Accept prefers (RFC 9110, 12.5.1): OpenMetrics only where it is named, and no less than text is wanted.
  public init(accept: String) {
    var openMetrics = 0
    var text = 0
    for range in accept.utf8.split(separator: UInt8(ascii: ",")).prefix(32) {
      let parts = range.split(separator: UInt8(ascii: ";")).map(Self.trimmed)
      guard let type = parts.first else { continue }
      let parameters = parts.dropFirst()
      let quality = parameters.first { $0.hasPrefix("q=") }.map { Self.quality($0.dropFirst(2)) } ?? 1000
      switch type {
      case "application/openmetrics-text":
        if parameters.allSatisfy({ !$0.hasPrefix("version=") || $0 == "version=1.0.0" }) {
          openMetrics = max(openMetrics, quality)
        }
      case "text/plain", "text/*", "*/*": text = max(text, quality)
      default: break
      }
    }
    self = openMetrics > 0 && openMetrics >= text ? .openMetrics : .text
  }

  private static func trimmed(_ part: Substring.UTF8View) -> String {
    let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    let start = part.firstIndex { !isSpace($0) } ?? part.endIndex
    let end = part.lastIndex { !isSpace($0) }.map { part.index(after: $0) } ?? part.endIndex
    return Substring(part[start..<max(start, end)]).lowercased()
  }

  /// In thousandths: `0.75` is 750. What is no quality counts as none.
  private static func quality(_ text: Substring) -> Int {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts[0] == "0" || parts[0] == "1" else { return 0 }
    let fraction = parts.count == 2 ? parts[1].prefix(3) : ""
    guard fraction.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return 0 }
    let padded = fraction + String(repeating: "0", count: 3 - fraction.utf8.count)
    return min(1000, (parts[0] == "1" ? 1000 : 0) + (Int(padded) ?? 0))
  }
}
