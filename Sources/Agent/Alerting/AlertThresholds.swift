public import Model

/// From when on the alerts fire, as the model says.
public struct AlertThresholds: Hashable, Sendable {
  /// Retried samples a second.
  let retryRate: Double
  /// The rest in milliseconds.
  let retryFor: Int64
  let queueAge: Int64
  let syncLag: Int64
  let silentFor: Int64
  /// Samples that are retried without progress.
  let failedSamples: UInt64
  /// Of one request: one that is under way is no progress.
  let samplesPerSendMax: UInt64
  /// Over which rates are taken: four of the longest waits, and five minutes at least, as a batch counts as retried when its wait
  /// is over (the rules' window).
  let rateWindow: Int64

  public init(_ model: Configuration) {
    retryRate = model[Settings.retryRate]
    retryFor = Int64(model[Settings.retryFor].milliseconds)
    queueAge = Int64(model[Settings.queueAge].milliseconds)
    syncLag = Int64(model[Settings.syncLag].milliseconds)
    silentFor = Int64(model[Settings.silentNodeFor].milliseconds)
    failedSamples = UInt64(model[Settings.failedSamples])
    samplesPerSendMax = UInt64(model[Settings.maxSamplesPerSend])
    rateWindow = max(300_000, 4 * Int64(model[Settings.maxBackoff].milliseconds))
  }
}
