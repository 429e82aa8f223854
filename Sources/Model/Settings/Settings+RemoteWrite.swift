extension Settings {
  public static let queueCapacity = Setting(
    "remote_write_queue_capacity",
    default: 10_000,
    in: 100...1_000_000,
    unit: "samples per shard",
    "Sample buffer size, in memory and per shard; what rides out a partition is the disk queue",
    source: "spec: Configuration Variables"
  )
  public static let maxBackoff = Setting(
    "remote_write_max_backoff",
    default: "30s",
    in: "30ms"..."1h",
    "Maximum retry delay",
    source: "spec: Configuration Variables"
  )
  public static let initialBackoff = Setting(
    "remote_write.initial_backoff",
    default: "1s",
    in: "1ms"..."1h",
    "First retry delay; each further one doubles up to remote_write_max_backoff",
    source: "spec: Intelligent Retry Logic"
  )
  public static let maxSamplesPerSend = Setting(
    "remote_write.max_samples_per_send",
    default: 1000,
    in: 1...100_000,
    unit: "samples",
    "Samples in one request at most",
    source: "spec: Batch Processing"
  )
  public static let maxShards = Setting(
    "remote_write.max_shards",
    default: 10,
    in: 1...1000,
    unit: "shards",
    "Parallel write streams at most",
    source: "spec: Parallel Shards"
  )
  public static let batchSendDeadline = Setting(
    "remote_write.batch_send_deadline",
    default: "5s",
    in: "100ms"..."5m",
    "How long a sample waits for its batch to fill",
    source: "upstream: queue_config"
  )
  public static let metadataSendInterval = Setting(
    "remote_write.metadata_send_interval",
    default: "1m",
    in: "1s"..."1h",
    "How often metric metadata is sent",
    source: "spec: Metadata Sync"
  )
  public static let retryOnRateLimit = Setting(
    "remote_write.retry_on_http_429",
    default: true,
    "Retry what the centre refuses with HTTP 429",
    source: "spec: Rate Limit Handling"
  )
  public static let remoteTimeout = Setting(
    "remote_write.remote_timeout",
    default: "30s",
    in: "1s"..."10m",
    "How long a request to the centre may take",
    source: "upstream: remote_write"
  )
  public static let retryAfterMax = Setting(
    "remote_write.retry_after_max",
    default: "5m",
    in: "1s"..."1h",
    "The longest Retry-After that is obeyed",
    source: "ours: one long answer must not stall a shard"
  )
  public static let drainRate = Setting(
    "remote_write.drain_rate",
    default: 100_000,
    in: 100...10_000_000,
    unit: "samples per second",
    "Backlog sent per node after a partition, at most; fresh samples are not counted",
    source: "ours: the centre survives the recovery"
  )
  public static let remoteWriteProtocol = Structural(
    "remote_write.protocol",
    default: RemoteWriteProtocol.v1,
    "Remote-write protocol towards the centre",
    source: "upstream: remote-write specifications"
  )

  static let remoteWrite = [
    queueCapacity.info, maxBackoff.info, initialBackoff.info, maxSamplesPerSend.info, maxShards.info,
    batchSendDeadline.info, metadataSendInterval.info, retryOnRateLimit.info, remoteTimeout.info, retryAfterMax.info,
    drainRate.info, remoteWriteProtocol.info,
  ]
}
