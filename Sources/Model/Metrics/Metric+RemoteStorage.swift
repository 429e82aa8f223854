/// `prometheus_remote_storage_…`: one set for each remote_write, labelled with its name and URL since 2.15.
///
/// `rescfg run agent` exposes the current names of these too, for its own queue towards the centre, so that rules and
/// mixins written for Prometheus hold for either.
extension Metric {
  private static func remote(
    _ name: String,
    _ kind: Kind,
    _ help: String,
    labels: [String] = [],
    since: PrometheusVersion = PrometheusVersion(2, 23),
    formerly: [(name: String, since: PrometheusVersion, last: PrometheusVersion)] = []
  ) -> Metric {
    let prefix = "prometheus_remote_storage_"
    return Metric(
      prefix + name,
      kind,
      help,
      labels: ["remote_name", "url"] + labels,
      since: since,
      formerly: formerly.map { Spelling(prefix + $0.name, since: $0.since, last: $0.last) }
    )
  }

  private static let v2x8 = PrometheusVersion(2, 8)
  private static let v2x22 = PrometheusVersion(2, 22)
  private static let v2x27 = PrometheusVersion(2, 27)
  private static let v2x40 = PrometheusVersion(2, 40)

  /// Counts attempts: a batch that is sent three times counts three times.
  public static let samplesSent = remote(
    "samples_total",
    .counter,
    "Samples in every attempt to send, retries included",
    formerly: [("succeeded_samples_total", v2x8, v2x22)]
  )
  public static let samplesRetried = remote(
    "samples_retried_total",
    .counter,
    "Samples in batches that failed in a way worth retrying; grows after the wait that follows the failure",
    formerly: [("retried_samples_total", v2x8, v2x22)]
  )
  /// A centre that answers 5xx or not at all never moves this.
  public static let samplesFailed = remote(
    "samples_failed_total",
    .counter,
    "Samples given up: the centre refused them for good (4xx), or shutdown cut them off",
    formerly: [("failed_samples_total", PrometheusVersion(0, 16), v2x22)]
  )
  /// Has the label `reason` from 2.50.
  public static let samplesDropped = remote(
    "samples_dropped_total",
    .counter,
    "Samples left out before sending: relabelled away, too old, or of a series the queue lost track of",
    labels: ["reason"],
    formerly: [("dropped_samples_total", v2x8, v2x22)]
  )
  public static let samplesPending = remote(
    "samples_pending",
    .gauge,
    "Samples in the shards' memory, not the backlog on disk",
    formerly: [("queue_length", PrometheusVersion(0, 7), PrometheusVersion(2, 7)), ("pending_samples", v2x8, v2x22)]
  )
  public static let shardCapacity = remote(
    "shard_capacity",
    .gauge,
    "Samples one shard holds in memory",
    since: PrometheusVersion(2, 4),
    formerly: [("queue_capacity", PrometheusVersion(0, 7), PrometheusVersion(2, 3))]
  )
  public static let shards = remote("shards", .gauge, "Shards that send", since: v2x8)
  public static let shardsMax = remote("shards_max", .gauge, "Shards allowed", since: PrometheusVersion(2, 13))
  public static let shardsMin = remote("shards_min", .gauge, "Shards at the start", since: PrometheusVersion(2, 13))
  /// Stands still while nothing gets through.
  public static let shardsDesired = remote(
    "shards_desired",
    .gauge,
    "Shards that the last computation asked for",
    since: PrometheusVersion(2, 13)
  )
  /// Zero before the first send from 2.54, absent before.
  public static let queueHighestSent = remote(
    "queue_highest_sent_timestamp_seconds",
    .gauge,
    "Time of the newest sample that was sent, or refused for good",
    since: v2x8
  )
  /// Stops in a total partition, when the shards are full.
  public static let queueHighest = remote(
    "queue_highest_timestamp_seconds",
    .gauge,
    "Time of the newest sample that reached a shard",
    since: PrometheusVersion(3, 7)
  )
  public static let bytesSent = remote(
    "bytes_total",
    .counter,
    "Compressed bytes of requests with samples",
    since: v2x27,
    formerly: [
      ("sent_bytes_total", PrometheusVersion(2, 15), v2x22),
      ("samples_bytes_total", PrometheusVersion(2, 23), PrometheusVersion(2, 26)),
    ]
  )
  public static let sentBatchDuration = remote(
    "sent_batch_duration_seconds",
    .histogram,
    "How long requests took",
    since: v2x8
  )

  public static let maxSamplesPerSend = remote("max_samples_per_send", .gauge, "Samples in one request at most")

  /// What `rescfg run agent` exposes of these, for each of its queues.
  static let remoteStorageOfAgent: [Metric] = [
    samplesSent, samplesRetried, samplesFailed, samplesDropped, samplesPending, shardCapacity, shards, shardsMin,
    shardsMax, shardsDesired, queueHighestSent, bytesSent, maxSamplesPerSend, sentBatchDuration,
  ]

  static let remoteStorage: [Metric] =
    [
      samplesSent, samplesRetried, samplesFailed, samplesDropped, samplesPending, shardCapacity, shards, shardsMax,
      shardsMin, shardsDesired, queueHighestSent, queueHighest, bytesSent, sentBatchDuration,
      remote("enqueue_retries_total", .counter, "Attempts to reach a shard that was full", since: v2x8),
      remote("metadata_total", .counter, "Metadata entries in every attempt to send"),
      remote("metadata_failed_total", .counter, "Metadata entries given up"),
      remote("metadata_retried_total", .counter, "Metadata entries in batches that were retried"),
      remote("metadata_bytes_total", .counter, "Compressed bytes of requests with metadata"),
      maxSamplesPerSend,
    ] + likeSamples("exemplars", since: v2x27) + likeSamples("histograms", since: v2x40)
    + [
      Metric(
        "prometheus_remote_storage_samples_in_total",
        .counter,
        "Samples appended, for all queues; deprecated in 3.7",
        since: v2x8
      ),
      Metric(
        "prometheus_remote_storage_exemplars_in_total",
        .counter,
        "Exemplars appended, for all queues; deprecated in 3.7",
        since: v2x27
      ),
      Metric(
        "prometheus_remote_storage_histograms_in_total",
        .counter,
        "Histograms appended, for all queues; deprecated in 3.7",
        since: v2x40
      ),
      Metric(
        "prometheus_remote_storage_highest_timestamp_in_seconds",
        .gauge,
        "Time of the newest sample appended, for all queues; deprecated in 3.7",
        since: v2x8
      ),
      Metric(
        "prometheus_remote_storage_string_interner_zero_reference_releases_total",
        .counter,
        "Releases of strings that nothing held",
        since: PrometheusVersion(2, 9)
      ),
      remoteRead("queries", .gauge, "Remote reads in flight", formerly: "remote_read_queries"),
      remoteRead("queries_total", .counter, "Remote reads", formerly: "read_queries_total"),
      remoteRead(
        "request_duration_seconds",
        .histogram,
        "How long remote reads took",
        formerly: "read_request_duration_seconds"
      ),
    ]

  private static func likeSamples(_ noun: String, since version: PrometheusVersion) -> [Metric] {
    [
      remote("\(noun)_total", .counter, "As samples_total, for \(noun)", since: version),
      remote("\(noun)_failed_total", .counter, "As samples_failed_total, for \(noun)", since: version),
      remote("\(noun)_retried_total", .counter, "As samples_retried_total, for \(noun)", since: version),
      remote(
        "\(noun)_dropped_total",
        .counter,
        "As samples_dropped_total, for \(noun)",
        labels: ["reason"],
        since: version
      ),
      remote("\(noun)_pending", .gauge, "As samples_pending, for \(noun)", since: version),
    ]
  }

  private static func remoteRead(_ name: String, _ kind: Kind, _ help: String, formerly old: String) -> Metric {
    Metric(
      "prometheus_remote_read_client_\(name)",
      kind,
      help,
      labels: ["remote_name", "url"],
      since: PrometheusVersion(3, 2),
      formerly: [
        Spelling(
          "prometheus_remote_storage_\(old)",
          since: PrometheusVersion(2, 20),
          last: PrometheusVersion(3, 1)
        )
      ]
    )
  }
}
