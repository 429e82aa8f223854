public import Samples

/// A format that a target may be asked for, by its name in `scrape_protocols`.
public enum ScrapeProtocol: String, Hashable, Sendable, CaseIterable {
  case openMetrics1 = "OpenMetricsText1.0.0"
  case openMetrics0 = "OpenMetricsText0.0.1"
  case text1 = "PrometheusText1.0.0"
  case text0 = "PrometheusText0.0.4"

  /// What is asked for where a job says nothing, best first; as Prometheus 3 has it, without the protocol-buffer format.
  public static let standard: [ScrapeProtocol] = [.openMetrics1, .openMetrics0, .text1, .text0]

  public var format: Samples.ExpositionFormat {
    switch self {
    case .openMetrics1, .openMetrics0: .openMetrics
    case .text1, .text0: .text
    }
  }

  private func mediaType(escaping: String) -> String {
    switch self {
    case .openMetrics1: "application/openmetrics-text;version=1.0.0;escaping=\(escaping)"
    case .openMetrics0: "application/openmetrics-text;version=0.0.1"
    case .text1: "text/plain;version=1.0.0;escaping=\(escaping)"
    case .text0: "text/plain;version=0.0.4"
    }
  }

  /// The Accept header: each format with a weight, and anything else last.
  public static func accept(_ protocols: [ScrapeProtocol], escaping: String) -> String {
    let count = protocols.count
    let types = protocols.enumerated().map { place, format in
      "\(format.mediaType(escaping: escaping));q=0.\(count - place + 1)"
    }
    return (types + ["*/*;q=0.1"]).joined(separator: ",")
  }

  /// The format of an answer; nothing where its Content-Type is missing or names none that can be read.
  ///
  /// Source: Prometheus 3 migration guide, "Scrape protocols": a type that isn't known needs `fallback_scrape_protocol`.
  public static func format(contentType: String?) -> Samples.ExpositionFormat? {
    guard let contentType else { return nil }
    if names(contentType, "text/plain") { return .text }
    return names(contentType, "application/openmetrics-text") ? .openMetrics : nil
  }

  /// Whether a Content-Type is of that media type, which is in lower case; its parameters don't count. Bytes, since each answer has one.
  private static func names(_ contentType: String, _ mediaType: String) -> Bool {
    let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    let (said, expected) = (contentType.utf8.drop(while: isBlank), mediaType.utf8)
    let isSame = zip(said, expected).allSatisfy { $0 == $1 || $0 | 0x20 == $1 && $0 >= UInt8(ascii: "A") }
    guard said.count >= expected.count, isSame else { return false }
    let rest = said.dropFirst(expected.count).drop(while: isBlank)
    return rest.isEmpty || rest.first == UInt8(ascii: ";")
  }
}
