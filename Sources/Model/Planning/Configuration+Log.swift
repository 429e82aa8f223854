/// What Prometheus agent alone keeps of a partition.
extension Configuration {
  /// Measured of Prometheus' write-ahead log.
  public static let logBytesPerSample = 22.0

  /// Seconds between the cuts that take the older two thirds of Prometheus agent's log, sent or not
  /// (`--storage.agent.wal-truncate-frequency`): half of it is what a partition may last at worst. So twice `survive`, unless
  /// the disk is too small: the log holds up to one and a half periods, at 22 bytes a sample, and a checkpoint.
  public var truncationSeconds: Int {
    let secondsPerByteAndSeries = self[Settings.scrapeInterval].seconds / (Self.logBytesPerSample * 2)
    let fitsDisk = self[Settings.storageSize].value * secondsPerByteAndSeries / Double(self[Settings.seriesPerNode])
    return Int(max(min(max(self[Settings.survive].seconds * 2, 7200), fitsDisk), 600).rounded(.down))
  }

  /// The longest partition, with no restart in it, that leaves the log whole.
  public var survivesByLog: Double { Double(truncationSeconds / 2) }

  /// What the log takes at most: one and a half periods.
  public var logBytes: Double { samplesPerSecond * Double(truncationSeconds) * 1.5 * Self.logBytesPerSample }
}
