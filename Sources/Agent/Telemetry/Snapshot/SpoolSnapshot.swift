/// The disk that all queues share.
public struct SpoolSnapshot: Sendable {
  public var diskBytes: UInt64 = 0
  public var limitBytes: UInt64
  /// What is older goes, sent or not, in milliseconds; nothing where age is no reason.
  public var ageMax: Int64?
  /// On the disk, sent or not.
  public var sampleCount: UInt64 = 0
  public var segmentCount: UInt64 = 0
  public var corruptBlocks: UInt64 = 0
  public var mendedChunks: UInt64 = 0
  public var unreadablePages: UInt64 = 0
  public var writeFailures: UInt64 = 0
  public var lostCursors: UInt64 = 0
  public var syncDuration = DurationHistogram.synchronization
  /// What the disk said last, while it takes nothing.
  public var degraded: String?
  /// Appended and not yet durable.
  public var unsyncedSamples: UInt64 = 0
  /// Age of the oldest of them, in milliseconds.
  public var unsyncedMilliseconds: Int64 = 0

  public init(limitBytes: UInt64) { self.limitBytes = limitBytes }
}
