/// Names that the specification's commands use and no supported Prometheus has.
///
/// `rescfg run agent` exposes them as copies; where Prometheus collects alone, recording rules make them. Nothing that
/// is rendered reads them: they are for people who follow the specification.
package struct MetricAlias: Hashable, Sendable {
  package let name: String
  /// The metric to read instead.
  package let metric: Metric
  /// Whether any release ever had the name.
  package let everExisted: Bool
  package let help: String

  /// As the metric's; the labels too.
  package var kind: Metric.Kind { metric.kind }
  package var labels: [String] { metric.labels }

  package static let all = [
    MetricAlias(
      name: "prometheus_remote_storage_retries_total",
      metric: .samplesRetried,
      everExisted: false,
      help: "Samples retried, not requests"
    ),
    MetricAlias(
      name: "prometheus_remote_storage_failed_samples_total",
      metric: .samplesFailed,
      everExisted: true,
      help: "Samples refused for good; a partition never moves it"
    ),
    MetricAlias(
      name: "prometheus_remote_storage_queue_length",
      metric: .samplesPending,
      everExisted: true,
      help: "Samples in memory; the agent of rescfg counts those on disk too"
    ),
    MetricAlias(
      name: "prometheus_remote_storage_queue_capacity",
      metric: .shardCapacity,
      everExisted: true,
      help: "Samples that all shards hold in memory"
    ),
    MetricAlias(
      name: "prometheus_remote_storage_queue_lowest_sent_timestamp_seconds",
      metric: .queueHighestSent,
      everExisted: false,
      help: "How far sending has come; the agent of rescfg gives the oldest unsent sample"
    ),
  ]
}
