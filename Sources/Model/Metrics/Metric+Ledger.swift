/// The ledger holds at every moment, for each queue:
/// `rescfg_samples_scraped_total = delivered_total + rejected_total + dropped_total + rescfg_samples_queued`.
extension Metric {
  public static let ledgerScraped = ofQueue("samples_scraped_total", .counter, "Samples taken in, scraped or received")
  public static let ledgerDelivered = ofQueue(
    "samples_delivered_total",
    .counter,
    "Samples that the centre acknowledged, each once",
    by: ["lane"]
  )
  public static let ledgerRejected = ofQueue(
    "samples_rejected_total",
    .counter,
    "Samples that the centre refused for good, set aside with its reason",
    by: ["reason"]
  )
  public static let ledgerDropped = ofQueue(
    "samples_dropped_total",
    .counter,
    "Samples deleted unsent: the disk's share was full, they were too old, or a block was corrupt",
    by: ["reason"]
  )
  public static let ledgerQueued = ofQueue(
    "samples_queued",
    .gauge,
    "Samples on disk that wait to be sent",
    by: ["lane"]
  )
  /// Not a part of the equation: an extract of what was rejected.
  public static let deadLettersWritten = ofQueue(
    "dead_letters_written_total",
    .counter,
    "Refused samples that were written out with their reason"
  )
  public static let deadLettersOmitted = ofQueue(
    "dead_letters_omitted_total",
    .counter,
    "Refused samples that were counted only, as their file was full or failed"
  )

  static let ledger: [Metric] = [
    ledgerScraped, ledgerDelivered, ledgerRejected, ledgerDropped, ledgerQueued, deadLettersWritten,
    deadLettersOmitted,
  ]
}
