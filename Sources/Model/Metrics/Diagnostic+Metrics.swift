/// What is said of metric names in the model's own rules.
extension Diagnostic {
  static func renamedMetric(_ name: String, to current: String, since: PrometheusVersion, at location: Location) -> Self
  {
    Diagnostic(
      .error,
      "renamed-metric",
      "no Prometheus since \(since) has a metric '\(name)'",
      at: location,
      help: "write '\(current)'"
    )
  }

  static func laterMetric(
    _ name: String,
    since: PrometheusVersion,
    version: PrometheusVersion,
    at location: Location
  ) -> Self {
    Diagnostic(
      .error,
      "later-metric",
      "Prometheus \(version) has no metric '\(name)', which came with \(since)",
      at: location,
      help: "set prometheus_version to \"\(since)\" or later, or leave the metric out"
    )
  }

  static func neverExistingMetric(_ name: String, insteadUse current: String, at location: Location) -> Self {
    Diagnostic(
      .error,
      "unknown-metric",
      "no release of Prometheus has a metric '\(name)'",
      at: location,
      help: "write '\(current)'"
    )
  }

  static func unknownMetric(_ name: String, suggestion: String?, at location: Location) -> Self {
    Diagnostic(
      .error,
      "unknown-metric",
      "there is no metric '\(name)'",
      at: location,
      help: suggestion.map { "did you mean '\($0)'?" } ?? "docs/formats/metrics.md lists the metrics there are"
    )
  }

  static func aliasMetric(_ name: String, insteadUse current: String, at location: Location) -> Self {
    Diagnostic(
      .warning,
      "alias-metric",
      "'\(name)' is only an alias that we provide, no metric of Prometheus",
      at: location,
      help: "write '\(current)'"
    )
  }
}
