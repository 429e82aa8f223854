package import Samples

/// A format that a target may be asked for, by its name in `scrape_protocols`.
package enum ScrapeProtocol: String, Hashable, Sendable, CaseIterable {
  case openMetrics1 = "OpenMetricsText1.0.0"
  case openMetrics0 = "OpenMetricsText0.0.1"
  case text1 = "PrometheusText1.0.0"
  case text0 = "PrometheusText0.0.4"

  /// What is asked for where a job says nothing, best first; as Prometheus 3 has it, without the protocol-buffer format.
  package static let standard: [ScrapeProtocol] = [.openMetrics1, .openMetrics0, .text1, .text0]

  package var format: Samples.ExpositionFormat {
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
  package static func accept(_ protocols: [ScrapeProtocol], escaping: String) -> String {
    let count = protocols.count
    let types = protocols.enumerated().map { place, format in
      "\(format.mediaType(escaping: escaping));q=0.\(count - place + 1)"
    }
    return (types + ["*/*;q=0.1"]).joined(separator: ",")
  }

  /// The format of an answer; nothing where its Content-Type is missing or names none that can be read.
  ///
  /// Source: Prometheus 3 migration guide, "Scrape protocols": a type that isn't known needs `fallback_scrape_protocol`.
  package static func format(contentType: String?) -> Samples.ExpositionFormat? {
    guard let contentType else { return nil }
    let mediaType = contentType.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }.lowercased()
    switch mediaType {
    case "application/openmetrics-text": return .openMetrics
    case "text/plain": return .text
    default: return nil
    }
  }
}
