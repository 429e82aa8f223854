/// What became of every sample for one destination: `collected = delivered + rejected + dropped + queued`, always.
public struct Ledger: Hashable, Sendable {
  public let collected: UInt64
  public let delivered: UInt64
  /// By the receiver's reason.
  public let rejected: [String: UInt64]
  /// By ours.
  public let dropped: [String: UInt64]
  public let queued: UInt64
  /// Every record below this one is settled.
  public let done: UInt64

  init(_ cursor: Cursor, samplesEnd: UInt64) {
    collected = samplesEnd - cursor.base + cursor.droppedOutside
    delivered = cursor.delivered
    rejected = cursor.rejected
    dropped = cursor.dropped
    queued = cursor.queuedSamples(end: samplesEnd)
    done = cursor.done
  }

  public var isBalanced: Bool {
    collected == delivered + rejected.values.reduce(0, +) + dropped.values.reduce(0, +) + queued
  }
}

extension Cursor {
  /// - Parameter end: samples that were collected since the directory began.
  func queuedSamples(end: UInt64) -> UInt64 { end - base - settledSamples }
}

/// What became of the samples of one record.
public struct Outcome: Hashable, Sendable {
  public var delivered: UInt64
  public var rejected: [String: UInt64]
  public var dropped: [String: UInt64]

  public init(delivered: UInt64 = 0, rejected: [String: UInt64] = [:], dropped: [String: UInt64] = [:]) {
    self.delivered = delivered
    self.rejected = rejected
    self.dropped = dropped
  }

  var total: UInt64 { delivered + rejected.values.reduce(0, +) + dropped.values.reduce(0, +) }
}
