internal import Model

/// Fields of a mapping whose kinds were checked.
extension Node {
  func flag(_ key: String) -> Bool? {
    guard case .boolean(let value)? = self[key]?.text.map({ PlainScalar($0) }) else { return nil }
    return value
  }

  func count(_ key: String) -> Int? { self[key]?.text.flatMap { Int($0) } }

  /// Nothing for 0 too, which Prometheus takes for "not written".
  func milliseconds(_ key: String) -> Int64? {
    let duration = self[key]?.text.flatMap { PrometheusDuration($0) }
    return duration.flatMap { $0.milliseconds > 0 ? Int64($0.milliseconds) : nil }
  }

  /// `10MB`: with or without an `i`, units are powers of 1024 (alecthomas/units, `ParseBase2Bytes`).
  func byteCount(_ key: String) -> Int? {
    guard let text = self[key]?.text else { return nil }
    let digits = text.prefix { ("0"..."9").contains($0) }
    let powers: [Character: Int] = ["K": 1, "M": 2, "G": 3, "T": 4, "P": 5, "E": 6]
    let power = text.dropFirst(digits.count).first.flatMap { powers[$0] } ?? 0
    guard let count = Int(digits) else { return nil }
    let (product, isTooLarge) = count.multipliedReportingOverflow(by: 1 << (10 * power))
    return isTooLarge ? .max : product
  }

  /// What a scrape config says that the scraper can't do, and what has no effect on it.
  var unsupported: [Diagnostic] {
    pairs.flatMap { pair -> [Diagnostic] in
      let isTrue = self.flag(pair.key) == true
      switch pair.key {
      case "oauth2", "http_headers", "proxy_url", "no_proxy", "proxy_connect_header":
        return [.unsupportedField(pair.key, at: pair.keyLocation)]
      case "proxy_from_environment", "scrape_native_histograms", "convert_classic_histograms_to_nhcb":
        return isTrue ? [.unsupportedField(pair.key, at: pair.keyLocation)] : []
      case "follow_redirects": return isTrue ? [.redirectsNotFollowed(at: pair.keyLocation)] : []
      case "metric_name_validation_scheme":
        return pair.value.text == "legacy" ? [.unsupportedField("legacy", at: pair.value.location)] : []
      case "native_histogram_bucket_limit", "native_histogram_min_bucket_factor", "keep_dropped_targets",
        "scrape_failure_log_file":
        return [.fieldWithoutEffect(pair.key, at: pair.keyLocation)]
      case "tls_config":
        return pair.value.pairs.filter { ["ca", "cert"].contains($0.key) }
          .map { .inlineCertificate($0.key, at: $0.keyLocation) }
      case let key where Vocabulary.isPrometheusOnly(discovery: key):
        return [.unsupportedField(key, at: pair.keyLocation)]
      default: return []
      }
    }
  }
}
