import Artifacts
import Document
import Model
import Testing

@Suite struct MetricsLintTests {
  /// Every expression of rules and dashboard, in every shape they come in.
  @Test func renderedExpressionsNameOnlyMetricsOfTheTable() {
    for (collector, version) in PrometheusCase.everyCollectorAndVersion {
      let scope = Baked(PrometheusCase.configuration(collector, version: version))
      let expressions = strings(under: "expr", in: ruleGroups(scope)) + strings(under: "expr", in: dashboard(scope))
      #expect(expressions.count > 15)
      for expression in expressions {
        #expect(wrongNames(in: expression, version: version) == [], "\(collector.rawValue) \(version): \(expression)")
      }
    }
  }

  @Test func theLintBites() {
    let version = PrometheusVersion(3, 5)
    let planted = [
      "rate(prometheus_remote_storage_retries_total[5m])", "prometheus_remote_storage_queue_length > 8000",
      #"sum({__name__="prometheus_remote_storage_failed_samples_total"})"#, "rescfg_samples_droped_total",
      "prometheus_remote_storage_queue_highest_timestamp_seconds", "prometheus_agent_series",
      "histogram_quantile(0.9, rate(prometheus_remote_storage_sent_batch_duration_seconds_buckets[5m]))",
    ]
    for expression in planted { #expect(wrongNames(in: expression, version: version).count == 1, "\(expression)") }
  }

  @Test func aWrittenOutMetricStopsTheFirstRendering() async {
    await #expect(processExitsWith: .failure) {
      let _: PromQL<Never> = "rate(prometheus_remote_storage_retries_total[5m])"
    }
  }

  private func wrongNames(in expression: String, version: PrometheusVersion) -> [String] {
    metricWords(in: expression).filter { word in
      switch MetricTable.finding(name: word, version: version) {
      case .known, .notOurs: false
      case .renamed, .later, .neverExisted, .unknown: true
      }
    }
  }
}

/// The texts at a key, wherever it stands.
func strings(under key: String, in tree: Tree<Never>) -> [String] {
  switch tree {
  case .sequence(let items): items.flatMap { strings(under: key, in: $0) }
  case .mapping(let entries):
    entries.flatMap { entry -> [String] in
      if entry.key == key, case .text(let text) = entry.value { return [text.string] }
      return strings(under: key, in: entry.value)
    }
  default: []
  }
}
