/// What a spool holds of samples that are settled for a destination, in ranges of a grid.
package struct Survey: Sendable {
  package var segments: [SegmentSurvey] = []
  /// Milliseconds since 1970 of the oldest sample on disk; nothing where there is none.
  package var heldFrom: Int64?
  /// And of the newest that is settled.
  package var heldUntil: Int64?
  /// Samples that were collected before the oldest one on disk.
  package var samplesBefore: UInt64 = 0
  /// Why there is none.
  package var failure: String?

  package init(failure: String? = nil) { self.failure = failure }
}

/// What one segment holds of settled samples.
package struct SegmentSurvey: Sendable {
  /// The segment's number.
  package let segment: UInt64
  package var streams: [UInt32: StreamSurvey] = [:]
  /// Milliseconds since 1970; nothing where it holds no sample.
  package var oldest: Int64?
  package var newest: Int64?
  /// Samples of runs for which no witness could be had.
  package var unwitnessed: UInt64 = 0

  init(_ segment: UInt64) { self.segment = segment }
}

/// What one stream brought, by range.
package struct StreamSurvey: Sendable {
  /// Samples, stale markers among them.
  package var samples = RangeCounts()
  /// Of each witness, samples that a query counts, so without stale markers.
  package var witnesses: [Witness: RangeCounts] = [:]

  init() {}

  mutating func sort() {
    samples.sort()
    for witness in witnesses.keys { witnesses[witness]?.sort() }
  }
}

/// Some samples that can be read again: those of one stream, in one segment and one range.
package struct HeldRange: Hashable, Sendable, Comparable {
  package let segment: UInt64
  package let stream: UInt32
  /// The number of the range.
  package let range: Int64

  package static func < (left: HeldRange, right: HeldRange) -> Bool {
    (left.range, left.segment, left.stream) < (right.range, right.segment, right.stream)
  }
}
