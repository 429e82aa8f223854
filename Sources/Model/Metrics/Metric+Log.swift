/// The write-ahead log, who reads it, and agent mode: `prometheus_tsdb_wal_…`, `prometheus_wal_watcher_…` and
/// `prometheus_agent_…`. Agent mode registers the first two as well.
extension Metric {
  private static let v2x32 = PrometheusVersion(2, 32)

  public static let walSegment = wal("segment_current", .gauge, "Number of the segment that is written")
  public static let walBytes = wal(
    "storage_size_bytes",
    .gauge,
    "Size of the log's directory",
    since: PrometheusVersion(2, 43)
  )
  public static let watcherSegment = watcher("current_segment", .gauge, "Number of the segment that is read")

  private static func wal(
    _ name: String,
    _ kind: Kind,
    _ help: String,
    since version: PrometheusVersion = PrometheusVersion(2, 12)
  ) -> Metric {
    Metric("prometheus_tsdb_wal_\(name)", kind, help, since: version)
  }

  /// `consumer` is the name of the remote_write that reads.
  private static func watcher(
    _ name: String,
    _ kind: Kind,
    _ help: String,
    labels: [String] = [],
    since version: PrometheusVersion = PrometheusVersion(2, 13)
  ) -> Metric {
    Metric("prometheus_wal_watcher_\(name)", kind, help, labels: ["consumer"] + labels, since: version)
  }

  private static func agentMode(_ name: String, _ kind: Kind, _ help: String, labels: [String] = []) -> Metric {
    Metric("prometheus_agent_\(name)", kind, help, labels: labels, since: v2x32)
  }

  static let log: [Metric] = [
    walSegment, walBytes, watcherSegment,
    wal("fsync_duration_seconds", .summary, "How long syncs of the log took"),
    wal("page_flushes_total", .counter, "Pages written"),
    wal("completed_pages_total", .counter, "Pages filled"),
    wal("truncations_total", .counter, "Truncations tried"),
    wal("truncations_failed_total", .counter, "Truncations that failed"),
    wal("writes_failed_total", .counter, "Writes that failed", since: PrometheusVersion(2, 16)),
    wal("reader_corruption_errors_total", .counter, "Corruptions met while reading"),
    wal("record_part_writes_total", .counter, "Parts of records written", since: PrometheusVersion(3, 4)),
    wal("record_parts_bytes_written_total", .counter, "Bytes of those parts", since: PrometheusVersion(3, 4)),
    wal("record_bytes_saved_total", .counter, "Bytes that compression saved", since: PrometheusVersion(3, 4)),
    watcher("records_read_total", .counter, "Records read", labels: ["type"]),
    watcher("record_decode_failures_total", .counter, "Records that can't be decoded"),
    watcher("samples_sent_pre_tailing_total", .counter, "Samples sent before reading reached the end"),
    watcher(
      "notifications_skipped_total",
      .counter,
      "Notices of a write that came while another was pending",
      since: PrometheusVersion(2, 45)
    ),
    agentMode("active_series", .gauge, "Series that are tracked"),
    agentMode("deleted_series", .gauge, "Series to go with the next truncation"),
    agentMode("samples_appended_total", .counter, "Samples appended", labels: ["type"]),
    agentMode("exemplars_appended_total", .counter, "Exemplars appended"),
    agentMode("out_of_order_samples_total", .counter, "Samples refused for their order"),
    agentMode("truncate_duration_seconds", .summary, "How long truncations took"),
    agentMode("corruptions_total", .counter, "Corruptions of the log"),
    agentMode("data_replay_duration_seconds", .gauge, "How long the start's replay took"),
    agentMode("checkpoint_creations_total", .counter, "Checkpoints tried"),
    agentMode("checkpoint_creations_failed_total", .counter, "Checkpoints that failed"),
    agentMode("checkpoint_deletions_total", .counter, "Checkpoint deletions tried"),
    agentMode("checkpoint_deletions_failed_total", .counter, "Checkpoint deletions that failed"),
    agentMode("clean_start", .gauge, "1 where no lock of a former run was left, -1 where locks are off"),
  ]
}
