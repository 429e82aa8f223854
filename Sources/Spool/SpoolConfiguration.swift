/// What bounds a spool.
public struct SpoolConfiguration: Sendable {
  /// What to do when the directory is full of data that a destination still wants.
  public enum Overflow: Sendable {
    /// The oldest segment goes, and every sample of it is counted.
    case dropOldest
    /// What comes is counted as dropped and forgotten, until there is room again; what is held stays.
    case dropNewest
    /// The append is refused.
    case refuse
  }

  /// The most that all segments together take.
  public var byteCountMax: Int
  /// Segments whose newest write is older than this go, sent or not. Milliseconds; nothing keeps them as long as there is room.
  public var ageMax: Int64?
  public var overflow: Overflow
  /// The most samples kept in memory while the disk takes none.
  public var pendingSampleCountMax: Int
  /// Names of destinations, as in the model.
  public var destinations: [String]
  /// A segment is never larger than this, about. What reads a segment in memory counts on 64 MiB at most; a simulation has less.
  public var segmentByteCountMax = 64 << 20

  public init(
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
public enum SpoolError: Error, Hashable {
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
public struct SpoolStatus: Hashable, Sendable {
  public var segmentCount = 0
  public var byteCount = 0
  /// In the segments, settled or not.
  public var sampleCount: UInt64 = 0
  public var firstSequence: UInt64 = 0
  public var nextSequence: UInt64 = 0
  /// Appended, and not yet durable.
  public var pendingSamples = 0
  public var failedCommits = 0
  /// The last error of the disk while it lasts.
  public var degraded: FileError?
  public var foreignFiles = 0
  public var lostCursors = 0
  /// How often somebody removed the directory under the spool, so that it was made again.
  public var recreations = 0
  public var damage = SegmentDamage()
}
