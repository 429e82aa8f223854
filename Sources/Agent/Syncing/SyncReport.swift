package import Model

/// What came of one comparison with the centre.
package struct SyncReport: Sendable {
  package enum Result: String, Sendable {
    /// The centre has everything that was delivered and could be compared.
    case complete
    case gaps
    /// There was no comparison, or none to the end.
    case failed
  }

  /// Of this process, counted from 1.
  package let number: UInt64
  package let started: Moment
  package var ended: Moment?
  package var result = Result.failed
  /// Why it failed.
  package var error: String?
  /// Milliseconds since 1970: what was compared.
  package var from: Int64?
  package var until: Int64?
  package var resolution: Int64 = 0
  package var questionCount = 0
  package var witnessCount = 0
  package var streamCount = 0
  /// Delivered samples that the comparison stands for.
  package var comparedSamples: UInt64 = 0
  /// Delivered samples that no witness stands for.
  package var unwitnessedSamples: UInt64 = 0
  /// Milliseconds since 1970 of the oldest sample on disk.
  package var heldFrom: Int64?
  /// Collected before that.
  package var samplesBefore: UInt64 = 0
  package var replayedSamples: UInt64 = 0
  package var refusedSamples: UInt64 = 0
  package var gaps: [Gap] = []
  /// Gaps beyond those that are listed.
  package var omittedGapCount = 0

  package static let gapCountMax = 500

  init(_ number: UInt64, _ now: Moment) {
    self.number = number
    started = now
  }
}

/// A stretch of time that the centre has less of than was delivered.
package struct Gap: Hashable, Sendable {
  package enum State: Hashable, Sendable {
    /// Sent again, and seen there.
    case filled
    /// Left for a later check.
    case pending
    case unfillable(GapLossLabel)
  }

  /// The series that shows it.
  package let series: Witness
  /// Milliseconds since 1970; both are in it.
  package let from: Int64
  package let until: Int64
  /// Delivered samples of the series in that time, and how many the centre had.
  package var delivered: Int
  package var found: Int
  /// Delivered samples on disk that the series stands for.
  package var samples: UInt64
  package var state: State
}
