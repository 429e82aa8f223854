extension Settings {
  public static let retryRate = Setting(
    "alerts.retry_rate",
    default: 0.1,
    in: 0.001...1_000_000,
    unit: "retried samples per second",
    "HighRemoteWriteRetries: above this rate",
    source: "spec: HighRemoteWriteRetries"
  )
  public static let retryFor = Setting(
    "alerts.retry_for",
    default: "10m",
    in: "1m"..."1d",
    "HighRemoteWriteRetries: for this long",
    source: "spec: HighRemoteWriteRetries"
  )
  public static let queueAge = Setting(
    "alerts.queue_age",
    default: "1h",
    in: "1m"..."30d",
    "RemoteWriteQueueFull: the oldest unsent sample is older than this",
    source: "spec: RemoteWriteQueueFull"
  )
  public static let queueFill = Setting(
    "alerts.queue_fill",
    default: 0.8,
    in: 0.01...1,
    unit: "of the capacity",
    "Queue depth that counts as full; the specification's 8000 of 10000 samples",
    source: "spec: Key Metrics"
  )
  public static let failedSamples = Setting(
    "alerts.failed_samples",
    default: 100,
    in: 1...1_000_000_000,
    unit: "samples in 5 minutes",
    "NetworkPartitionDetected: more samples than this retried without progress",
    source: "spec: NetworkPartitionDetected"
  )
  public static let syncLag = Setting(
    "alerts.sync_lag",
    default: "5m",
    in: "30s"..."30d",
    "MetricsSyncLag: the newest sample at the centre is older than this",
    source: "spec: MetricsSyncLag"
  )
  public static let silentNodeFor = Setting(
    "alerts.silent_node_for",
    default: "10m",
    in: "1m"..."1d",
    "AgentSilent: no sample of a node's agent for this long",
    source: "ours: a centre can't hear an alert from a node it can't hear"
  )

  public static let alertmanagers = Setting(
    "alerts.alertmanagers",
    default: "none",
    .httpURLs,
    "Alertmanagers that agents and detector tell themselves, as the centre can't alert on whom it doesn't hear: URLs with commas between, or none",
    source: "ours"
  )

  static let alerts = [
    retryRate.info, retryFor.info, queueAge.info, queueFill.info, failedSamples.info, syncLag.info, silentNodeFor.info,
    alertmanagers.info,
  ]
}

extension Configuration {
  /// The base URLs of `alerts.alertmanagers`, each once.
  public var alertmanagers: [String] {
    let text = self[Settings.alertmanagers]
    if text == "none" { return [] }
    var urls: [String] = []
    for part in text.utf8.split(separator: UInt8(ascii: ",")) {
      let url = String(decoding: part, as: UTF8.self)
      if !urls.contains(url) { urls.append(url) }
    }
    return urls
  }
}
