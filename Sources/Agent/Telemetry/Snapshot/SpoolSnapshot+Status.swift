public import Spool

extension SpoolSnapshot {
  /// From what the spool says of itself. How long syncs took, and how long the oldest sample waits for one, is known to whoever commits.
  public init(_ status: SpoolStatus, limitBytes: Int) {
    self.init(limitBytes: UInt64(clamping: limitBytes))
    diskBytes = UInt64(clamping: status.byteCount)
    sampleCount = status.sampleCount
    segmentCount = UInt64(clamping: status.segmentCount)
    corruptBlocks = UInt64(clamping: status.damage.places)
    mendedChunks = UInt64(clamping: status.damage.mendedChunks)
    unreadablePages = UInt64(clamping: status.damage.unreadablePages)
    writeFailures = UInt64(clamping: status.failedCommits)
    lostCursors = UInt64(clamping: status.lostCursors)
    unsyncedSamples = UInt64(clamping: status.pendingSamples)
    degraded = status.degraded.map { "\($0.call.rawValue) \($0.name): error \($0.code)" }
  }
}
