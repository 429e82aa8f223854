public import Model

/// What a Prometheus agent runs with, as far as an outage goes.
public struct PrometheusSettings: Hashable, Sendable {
  public var samplesPerSecond: Double
  /// Between truncations (`--storage.agent.wal-truncate-frequency`, a hidden flag; two hours).
  public var truncationSeconds: Int
  public var logBytesPerSample = Configuration.logBytesPerSample
  /// `--storage.agent.wal-segment-size`.
  public var segmentBytes = 134_217_728.0
  /// Samples that the shards hold: capacity, a batch under way and one that fills.
  public var memorySamples: Double
  public var minBackoffSeconds: Double
  public var maxBackoffSeconds: Double
  /// Samples a second that it sends at most.
  public var sendRate: Double

  public init(samplesPerSecond: Double, truncationSeconds: Int, memorySamples: Double) {
    self.samplesPerSecond = samplesPerSecond
    self.truncationSeconds = truncationSeconds
    self.memorySamples = memorySamples
    minBackoffSeconds = 1
    maxBackoffSeconds = 30
    sendRate = 100_000
  }

  /// As the model would have it.
  public init(_ model: Configuration) {
    let capacity = model[Settings.queueCapacity] + 2 * model[Settings.maxSamplesPerSend]
    self.init(
      samplesPerSecond: model.samplesPerSecond,
      truncationSeconds: model.truncationSeconds,
      memorySamples: Double(capacity * model[Settings.maxShards])
    )
    minBackoffSeconds = model[Settings.initialBackoff].seconds
    maxBackoffSeconds = model[Settings.maxBackoff].seconds
    sendRate = model.shardsPerSecond
  }
}
