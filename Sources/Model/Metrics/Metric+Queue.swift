/// The queue on disk. Queues share one spool: what belongs to the spool is repeated for each of them.
extension Metric {
  public static let queueBytes = ofQueue("queue_bytes", .gauge, "Bytes of unsent samples on disk")
  public static let queueDiskBytes = ofQueue("queue_disk_bytes", .gauge, "Bytes on disk, sent segments included")
  public static let queueLimitBytes = ofQueue("queue_limit_bytes", .gauge, "Bytes the queue may take on disk")
  public static let queueOldest = ofQueue(
    "queue_oldest_timestamp_seconds",
    .gauge,
    "Time of the oldest unsent sample, of the newest sample taken in where all are sent"
  )
  public static let queueSegments = ofQueue(
    "queue_segments",
    .gauge,
    "Segments on disk, sent ones kept for refills included"
  )
  public static let queueCorruptBlocks = ofQueue(
    "queue_corrupt_blocks_total",
    .counter,
    "Blocks whose checksum did not hold"
  )
  public static let queueMendedChunks = ofQueue(
    "queue_mended_chunks_total",
    .counter,
    "Chunks of 4 KiB that were restored from parity, and bits from a checksum"
  )
  public static let queueUnreadablePages = ofQueue(
    "queue_unreadable_pages_total",
    .counter,
    "Pages of 4 KiB that the disk did not give back"
  )
  public static let queueWriteFailures = ofQueue(
    "queue_write_failures_total",
    .counter,
    "Writes to the disk that failed"
  )
  public static let queueFsyncDuration = ofQueue(
    "queue_fsync_duration_seconds",
    .histogram,
    "How long syncs of the disk took"
  )
  public static let queueDegraded = ofQueue(
    "queue_degraded",
    .gauge,
    "1 while the disk takes nothing and samples wait in memory, unacknowledged"
  )
  public static let queueUnsyncedSeconds = ofQueue(
    "queue_unsynced_seconds",
    .gauge,
    "Age of the oldest sample that a power cut would take"
  )
  public static let queueUnsyncedSamples = ofQueue(
    "queue_unsynced_samples",
    .gauge,
    "Samples that a power cut would take"
  )
  public static let queueLostCursors = ofQueue(
    "queue_lost_cursors",
    .gauge,
    "Cursors that the start found damaged: their destinations began again at the oldest segment"
  )

  static let queue: [Metric] = [
    queueBytes, queueDiskBytes, queueLimitBytes, queueOldest, queueSegments, queueCorruptBlocks, queueMendedChunks,
    queueUnreadablePages, queueWriteFailures, queueFsyncDuration, queueDegraded, queueUnsyncedSeconds,
    queueUnsyncedSamples, queueLostCursors,
  ]
}
