import Foundation
import Model
import Testing

@Suite struct MetricsTests {
  let version = PrometheusVersion(3, 5)

  @Test func namesAreUniqueInEveryRelease() {
    for version in PrometheusVersion.supported {
      let names = MetricTable.all.compactMap { $0.name(in: version) }
      #expect(Set(names).count == names.count, "\(version)")
    }
  }

  @Test func ourCountersAndOnlyTheyEndInTotal() {
    for metric in MetricTable.all where metric.name.hasPrefix("rescfg_") {
      #expect((metric.kind == .counter) == metric.name.hasSuffix("_total"), "\(metric.name)")
    }
  }

  @Test(arguments: [
    ("prometheus_remote_storage_samples_retried_total", "2.42", "known"),
    ("prometheus_remote_storage_retried_samples_total", "3.5", "prometheus_remote_storage_samples_retried_total 2.23"),
    ("prometheus_remote_storage_failed_samples_total", "2.42", "prometheus_remote_storage_samples_failed_total 2.23"),
    ("prometheus_remote_storage_queue_length", "3.14", "prometheus_remote_storage_samples_pending 2.23"),
    ("prometheus_remote_storage_queue_capacity", "3.14", "prometheus_remote_storage_shard_capacity 2.4"),
    ("prometheus_remote_storage_sent_bytes_total", "3.0", "prometheus_remote_storage_bytes_total 2.27"),
    ("prometheus_remote_storage_retries_total", "3.5", "never prometheus_remote_storage_samples_retried_total"),
    (
      "prometheus_remote_storage_queue_lowest_sent_timestamp_seconds", "3.5",
      "never prometheus_remote_storage_queue_highest_sent_timestamp_seconds"
    ),
    ("prometheus_remote_storage_queue_highest_timestamp_seconds", "3.6", "later 3.7"),
    ("prometheus_remote_storage_queue_highest_timestamp_seconds", "3.7", "known"),
    ("prometheus_remote_storage_read_queries_total", "3.1", "known"),
    ("prometheus_remote_storage_read_queries_total", "3.2", "prometheus_remote_read_client_queries_total 3.2"),
    (
      "prometheus_remote_storage_read_request_duration_seconds_bucket", "3.2",
      "prometheus_remote_read_client_request_duration_seconds_bucket 3.2"
    ),
    ("prometheus_remote_storage_sent_batch_duration_seconds_bucket", "3.5", "known"),
    ("prometheus_tsdb_wal_storage_size_bytes", "2.42", "later 2.43"),
    ("prometheus_remote_storage_samples_retry_total", "3.5", "unknown prometheus_remote_storage_samples_retried_total"),
    ("rescfg_nothing_like_it_at_all_in_here_total", "3.5", "unknown"),
    ("http_requests_total", "3.5", "not ours"), ("up", "3.5", "not ours"),
  ])
  func findings(name: String, version: String, expected: String) throws {
    let version = try #require(PrometheusVersion(version))
    let said: String =
      switch MetricTable.finding(name: name, version: version) {
      case .known: "known"
      case .renamed(let current, let since): "\(current) \(since)"
      case .later(let since): "later \(since)"
      case .neverExisted(let current): "never \(current)"
      case .unknown(let suggestion): suggestion.map { "unknown \($0)" } ?? "unknown"
      case .notOurs: "not ours"
      }
    #expect(said == expected)
  }

  @Test(arguments: [
    ("rate(a_total[5m]) > 1e3", ["rate", "a_total"]),
    ("a # b\n+ c", ["a", "c"]),
    (#"{__name__="x_y", z=~"a.*"} offset 1h"#, ["__name__", "x_y", "z", "offset"]),
    (#"a{b="\"c d"}"#, ["a", "b"]),
    ("job:a:rate5m", ["job:a:rate5m"]),
    ("'unterminated", ["unterminated"]), ("", []),
  ])
  func words(expression: String, expected: [String]) {
    #expect(metricWords(in: expression) == expected)
  }

  @Test func extraRulesAreToldOfNamesThatNoSeriesWillHave() {
    let messages = [
      "prometheus_remote_storage_retried_samples_total > 1", "prometheus_remote_storage_retries_total > 1",
      "prometheus_remote_storage_queue_highest_timestamp_seconds > 1", "rescfg_samples_quued > 1", "up == 0",
    ].flatMap { expression in
      PrometheusCase.configuration(extraRules: [PrometheusCase.mapping(["alert": "A", "expr": expression])])
        .extraRulesMetricDiagnostics.map { "\($0.severity.rawValue) \($0.message); \($0.help ?? "")" }
    }
    #expect(
      messages == [
        "error no Prometheus since 2.23 has a metric 'prometheus_remote_storage_retried_samples_total'; write "
          + "'prometheus_remote_storage_samples_retried_total'",
        "warning 'prometheus_remote_storage_retries_total' is only an alias that we provide, no metric of Prometheus; "
          + "write 'prometheus_remote_storage_samples_retried_total'",
        "error Prometheus 3.5 has no metric 'prometheus_remote_storage_queue_highest_timestamp_seconds', which came "
          + "with 3.7; set prometheus_version to \"3.7\" or later, or leave the metric out",
        "error there is no metric 'rescfg_samples_quued'; did you mean 'rescfg_samples_queued'?",
      ]
    )
  }

  /// The contract lists what the table has, row by row.
  @Test func theContractListsEveryMetricOfOurs() throws {
    let document = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("docs/formats/metrics.md")
    let written = try String(contentsOf: document, encoding: .utf8).split(separator: "\n").filter {
      $0.hasPrefix("| `rescfg_")
    }.map(String.init)
    let expected = MetricTable.all.filter { $0.name.hasPrefix("rescfg_") }.map { metric in
      let labels = metric.labels.map { "`\($0)`" }.joined(separator: ", ")
      return "| `\(metric.name)` | \(metric.kind.rawValue) | \(labels) | \(metric.help) |"
    }
    #expect(Set(written).subtracting(expected).sorted() == [])
    #expect(Set(expected).subtracting(written).sorted() == [])
  }
}
