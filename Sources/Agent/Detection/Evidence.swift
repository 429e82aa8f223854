/// What the detector is told.
public enum Evidence: Hashable, Sendable {
  /// The health check of that number was answered well.
  /// `isWaiting`: samples are there that could be sent now, so that silence of the write path would mean something.
  case checkSucceeded(number: UInt64, isWaiting: Bool)
  /// The health check of that number failed.
  case checkFailed(number: UInt64, CheckFailure)
  /// The centre took so many samples, or refused them for their own sake: the write path works.
  case acknowledged(sampleCount: UInt64)
  /// A write request was in vain, and not for the sake of its samples.
  case sendFailed(WriteFailure)
}

/// Why a health check failed.
public enum CheckFailure: String, Hashable, Sendable, CaseIterable {
  /// No name, no connection, or it broke.
  case connection
  case timeout, tls
  /// An answer other than 2xx.
  case status
}

/// Why a write request was in vain.
public enum WriteFailure: String, Hashable, Sendable, CaseIterable {
  /// No name, no connection, or it broke.
  case connection
  case timeout, tls
  /// 5xx.
  case serverError = "server_error"
  /// 429.
  case throttled
  /// An answer that no samples are to blame for: 401, 403, 404.
  case refused
}
