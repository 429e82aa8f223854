/// What bounds a spool.
package struct SpoolConfiguration: Sendable {
  /// What to do when the directory is full of data that a destination still wants.
  package enum Overflow: Sendable {
    /// The oldest segment goes, and every sample of it is counted.
    case dropOldest
    /// What comes is counted as dropped and forgotten, until there is room again; what is held stays.
    case dropNewest
    /// The append is refused.
    case refuse
  }

  /// The most that all segments together take.
  package var byteCountMax: Int
  /// Segments whose newest write is older than this go, sent or not. Milliseconds; nothing keeps them as long as there is room.
  package var ageMax: Int64?
  package var overflow: Overflow
  /// The most samples kept in memory while the disk takes none.
  package var pendingSampleCountMax: Int
  /// Names of destinations, as in the model.
  package var destinations: [String]
  /// A segment is never larger than this, about. What reads a segment in memory counts on 64 MiB at most; a simulation has less.
  package var segmentByteCountMax = 64 << 20

  package init(
    byteCountMax: Int,
    ageMax: Int64? = nil,
    overflow: Overflow = .dropOldest,
    pendingSampleCountMax: Int = 1_000_000,
    destinations: [String]
  ) {
    self.byteCountMax = byteCountMax
    self.ageMax = ageMax
    self.overflow = overflow
    self.pendingSampleCountMax = pendingSampleCountMax
    self.destinations = destinations
  }

  static let segmentAgeMax: Int64 = 3_600_000

  /// A segment that reaches this is full. An eighth of the cap, so that removing one never removes much.
  var segmentByteCount: Int { min(segmentByteCountMax, byteCountMax / 8) }
}

/// Why the spool can't do what it was asked.
package enum SpoolError: Error, Hashable {
  /// Another process holds the directory.
  case locked
  /// A file of a later version; nothing was touched.
  case newerFormat(file: String, readerVersion: UInt16)
  /// Not a name a destination may have.
  case invalidDestinationName(String)
  /// A histogram, exemplar or metadata beyond what a record holds.
  case itemTooLarge(byteCount: Int)
  /// The cap is reached and the policy is not to drop what is held: what was appended waits in memory.
  case full
  /// The disk takes nothing; what was appended waits in memory, and isn't acknowledged.
  case degraded(FileError)
  /// Start-up couldn't read the directory.
  case unreadable(FileError)
}

/// What the spool knows of itself; for metrics.
package struct SpoolStatus: Hashable, Sendable {
  package var segmentCount = 0
  package var byteCount = 0
  /// In the segments, settled or not.
  package var sampleCount: UInt64 = 0
  package var firstSequence: UInt64 = 0
  package var nextSequence: UInt64 = 0
  /// Appended, and not yet durable.
  package var pendingSamples = 0
  package var failedCommits = 0
  /// The last error of the disk while it lasts.
  package var degraded: FileError?
  package var foreignFiles = 0
  package var lostCursors = 0
  /// How often somebody removed the directory under the spool, so that it was made again.
  package var recreations = 0
  package var damage = SegmentDamage()
}
