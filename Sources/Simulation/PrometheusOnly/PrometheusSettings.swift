package import Model

/// What a Prometheus agent runs with, as far as an outage goes.
package struct PrometheusSettings: Hashable, Sendable {
  package var samplesPerSecond: Double
  /// Between truncations (`--storage.agent.wal-truncate-frequency`, a hidden flag; two hours).
  package var truncationSeconds: Int
  package var logBytesPerSample = Configuration.logBytesPerSample
  /// `--storage.agent.wal-segment-size`.
  package var segmentBytes = 134_217_728.0
  /// Samples that the shards hold: capacity, a batch under way and one that fills.
  package var memorySamples: Double
  package var minBackoffSeconds: Double
  package var maxBackoffSeconds: Double
  /// Samples a second that it sends at most.
  package var sendRate: Double

  package init(samplesPerSecond: Double, truncationSeconds: Int, memorySamples: Double) {
    self.samplesPerSecond = samplesPerSecond
    self.truncationSeconds = truncationSeconds
    self.memorySamples = memorySamples
    minBackoffSeconds = 1
    maxBackoffSeconds = 30
    sendRate = 100_000
  }

  /// As the model would have it.
  package init(_ model: Configuration) {
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
