/// What the queue's process holds in memory. Bytes, as measured of an agent that scrapes while the centre is away (docs/plan.md).
extension Configuration {
  /// Code, libraries, and what they hold before anything is scraped.
  public static let programBytes = 25_165_824.0
  /// A series in the table: its labels, and where its last sample is.
  public static let seriesBytes = 1024.0
  /// Requests on their way together, at most (`SenderConfiguration.inFlightByteCountMax`).
  private static let inFlightBytesMax = 33_554_432.0

  public var inFlightBytes: Double {
    min(
      Self.inFlightBytesMax,
      Double(self[Settings.maxShards] * self[Settings.maxSamplesPerSend]) * self[Settings.wireBytesPerSample]
    )
  }

  /// Of the container that queues; where it also scrapes, of the only one.
  public var queueMemoryBytes: Double {
    Self.programBytes + Double(self[Settings.seriesPerNode]) * Self.seriesBytes + inFlightBytes
  }
}
