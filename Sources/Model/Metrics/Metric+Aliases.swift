/// Names that the specification's commands use and no supported Prometheus has.
///
/// `rescfg run agent` exposes them as copies; where Prometheus collects alone, recording rules make them. Nothing that
/// is rendered reads them: they are for people who follow the specification.
public struct MetricAlias: Hashable, Sendable {
  public let name: String
  /// The metric to read instead.
  public let metric: Metric
  /// Whether any release ever had the name.
  public let everExisted: Bool
  public let help: String

  /// As the metric's; the labels too.
  public var kind: Metric.Kind { metric.kind }
  public var labels: [String] { metric.labels }

  public static let all = [
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
