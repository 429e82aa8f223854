/// What a spool holds of samples that are settled for a destination, in ranges of a grid.
public struct Survey: Sendable {
  public var segments: [SegmentSurvey] = []
  /// Milliseconds since 1970 of the oldest sample on disk; nothing where there is none.
  public var heldFrom: Int64?
  /// And of the newest that is settled.
  public var heldUntil: Int64?
  /// Samples that were collected before the oldest one on disk.
  public var samplesBefore: UInt64 = 0
  /// Why there is none.
  public var failure: String?

  public init(failure: String? = nil) { self.failure = failure }
}

/// What one segment holds of settled samples.
public struct SegmentSurvey: Sendable {
  /// The segment's number.
  public let segment: UInt64
  public var streams: [UInt32: StreamSurvey] = [:]
  /// Milliseconds since 1970; nothing where it holds no sample.
  public var oldest: Int64?
  public var newest: Int64?
  /// Samples of runs for which no witness could be had.
  public var unwitnessed: UInt64 = 0

  init(_ segment: UInt64) { self.segment = segment }
}

/// What one stream brought, by range.
public struct StreamSurvey: Sendable {
  /// Samples, stale markers among them.
  public var samples = RangeCounts()
  /// Of each witness, samples that a query counts, so without stale markers.
  public var witnesses: [Witness: RangeCounts] = [:]

  init() {}

  mutating func sort() {
    samples.sort()
    for witness in witnesses.keys { witnesses[witness]?.sort() }
  }
}

/// Some samples that can be read again: those of one stream, in one segment and one range.
public struct HeldRange: Hashable, Sendable, Comparable {
  public let segment: UInt64
  public let stream: UInt32
  /// The number of the range.
  public let range: Int64

  public static func < (left: HeldRange, right: HeldRange) -> Bool {
    (left.range, left.segment, left.stream) < (right.range, right.segment, right.stream)
  }
}
