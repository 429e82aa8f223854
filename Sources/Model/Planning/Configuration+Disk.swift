/// What samples take of a node's disk. Bytes, seconds and samples; the queue's own bounds are those of Sources/Spool.
extension Configuration {
  /// The share of `storage.size` that the queue may fill; the rest is the file system's own, and the dead letters'.
  public static let queueShareOfDisk = 0.9
  /// A segment is full at an eighth of the queue's share, or at this.
  public static let segmentBytesMax = 67_108_864.0
  /// How many segments the queue's share has at least.
  public static let segmentsOfQueue = 8.0

  /// What one node collects.
  public var samplesPerSecond: Double { Double(self[Settings.seriesPerNode]) / self[Settings.scrapeInterval].seconds }

  public var diskBytesPerSecond: Double { samplesPerSecond * self[Settings.diskBytesPerSample] }

  /// The most that the queue ever takes.
  public var queueBytesMax: Double { self[Settings.storageSize].value * Self.queueShareOfDisk }

  public var segmentBytes: Double { min(Self.segmentBytesMax, queueBytesMax / Self.segmentsOfQueue) }

  /// What of the queue an outage can fill. Room is made by whole segments, so the one that was begun before the outage goes
  /// with the first samples of it.
  public var outageBytes: Double { queueBytesMax - segmentBytes }

  /// - Parameter seconds: of a partition.
  public func unsentBytes(after seconds: Double) -> Double { diskBytesPerSecond * seconds }

  /// The longest partition that the disk holds.
  public var survivesByDisk: Double { outageBytes / diskBytesPerSecond }

  /// How old a sample gets in the queue, sent or not: what is sent stays, to fill gaps from.
  public var queueAgeMax: Double { max(self[Settings.outOfOrderWindow].seconds, self[Settings.survive].seconds) }

  /// What the queue takes when it runs for long: all it collects in that time, or all it may.
  public var keptBytes: Double { min(queueBytesMax, diskBytesPerSecond * queueAgeMax) }

  /// The smallest `storage.size` in whole gibibytes, or mebibytes below one, whose queue holds an outage of so many bytes.
  public func storageSize(holding bytes: Double) -> String {
    let share = Self.queueShareOfDisk
    let bySegments = bytes / (share * (1 - 1 / Self.segmentsOfQueue))
    let size =
      bySegments * share / Self.segmentsOfQueue <= Self.segmentBytesMax
      ? bySegments : (bytes + Self.segmentBytesMax) / share
    let mebibytes = Int((size / 1_048_576).rounded(.up))
    return mebibytes < 1024 ? "\(mebibytes)Mi" : "\((mebibytes + 1023) / 1024)Gi"
  }
}
