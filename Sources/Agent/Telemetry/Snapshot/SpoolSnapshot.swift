/// The disk that all queues share.
package struct SpoolSnapshot: Sendable {
  package var diskBytes: UInt64 = 0
  package var limitBytes: UInt64
  /// What is older goes, sent or not, in milliseconds; nothing where age is no reason.
  package var ageMax: Int64?
  /// On the disk, sent or not.
  package var sampleCount: UInt64 = 0
  package var segmentCount: UInt64 = 0
  package var corruptBlocks: UInt64 = 0
  package var mendedChunks: UInt64 = 0
  package var unreadablePages: UInt64 = 0
  package var writeFailures: UInt64 = 0
  package var lostCursors: UInt64 = 0
  package var syncDuration = DurationHistogram.synchronization
  /// What the disk said last, while it takes nothing.
  package var degraded: String?
  /// Appended and not yet durable.
  package var unsyncedSamples: UInt64 = 0
  /// Age of the oldest of them, in milliseconds.
  package var unsyncedMilliseconds: Int64 = 0

  package init(limitBytes: UInt64) { self.limitBytes = limitBytes }
}
