/// What the time between two health checks shows, all evidence taken together.
enum RoundVerdict: Hashable, Sendable {
  /// Data got through, or the check succeeded and nothing waited to be sent.
  case good
  /// The check failed and nothing got through; or it succeeded, while every write was in vain.
  case bad(TransitionCause)
  /// The check succeeded, data waits, and the write path has neither succeeded nor failed yet. Changes nothing.
  case open
}

/// The evidence of one round, gathered.
struct Round: Hashable, Sendable {
  var acknowledgedSamples: UInt64 = 0
  var acknowledgements: UInt64 = 0
  var sendFailures: UInt64 = 0
  var lastSendFailure: WriteFailure?

  /// Data that gets through is worth more than any check: an endpoint that isn't there, or not for us, makes no partition.
  /// And a good check is worth nothing while writes fail: health is answered by another part of the centre.
  func verdict(checkFailed: Bool, isWaiting: Bool) -> RoundVerdict {
    if acknowledgements > 0 { return .good }
    if checkFailed { return .bad(.checkFailed) }
    if sendFailures > 0 { return .bad(.writesFailed) }
    return isWaiting ? .open : .good
  }
}
