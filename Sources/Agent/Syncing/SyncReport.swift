public import Model

/// What came of one comparison with the centre.
public struct SyncReport: Sendable {
  public enum Result: String, Sendable {
    /// The centre has everything that was delivered and could be compared.
    case complete
    case gaps
    /// There was no comparison, or none to the end.
    case failed
  }

  /// Of this process, counted from 1.
  public let number: UInt64
  public let started: Moment
  public var ended: Moment?
  public var result = Result.failed
  /// Why it failed.
  public var error: String?
  /// Milliseconds since 1970: what was compared.
  public var from: Int64?
  public var until: Int64?
  public var resolution: Int64 = 0
  public var questionCount = 0
  public var witnessCount = 0
  public var streamCount = 0
  /// Delivered samples that the comparison stands for.
  public var comparedSamples: UInt64 = 0
  /// Delivered samples that no witness stands for.
  public var unwitnessedSamples: UInt64 = 0
  /// Milliseconds since 1970 of the oldest sample on disk.
  public var heldFrom: Int64?
  /// Collected before that.
  public var samplesBefore: UInt64 = 0
  public var replayedSamples: UInt64 = 0
  public var refusedSamples: UInt64 = 0
  public var gaps: [Gap] = []
  /// Gaps beyond those that are listed.
  public var omittedGapCount = 0

  public static let gapCountMax = 500

  init(_ number: UInt64, _ now: Moment) {
    self.number = number
    started = now
  }
}

/// A stretch of time that the centre has less of than was delivered.
public struct Gap: Hashable, Sendable {
  public enum State: Hashable, Sendable {
    /// Sent again, and seen there.
    case filled
    /// Left for a later check.
    case pending
    case unfillable(GapLossLabel)
  }

  /// The series that shows it.
  public let series: Witness
  /// Milliseconds since 1970; both are in it.
  public let from: Int64
  public let until: Int64
  /// Delivered samples of the series in that time, and how many the centre had.
  public var delivered: Int
  public var found: Int
  /// Delivered samples on disk that the series stands for.
  public var samples: UInt64
  public var state: State
}
