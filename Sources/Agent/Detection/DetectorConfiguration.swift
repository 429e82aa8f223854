/// What the detector goes by.
public struct DetectorConfiguration: Hashable, Sendable {
  /// Bad rounds in a row that make a partition; at least 1.
  public let threshold: Int
  /// Good rounds in a row that end one, or a suspicion; at least 1.
  public let recoveryThreshold: Int
  /// From one health check to the next, in milliseconds; at least 1.
  public let checkInterval: Int64
  /// After what time a check without an answer counts as failed, in milliseconds; at least 1.
  public let checkTimeout: Int64

  /// Values below the least are raised to it.
  public init(threshold: Int, recoveryThreshold: Int = 2, checkInterval: Int64, checkTimeout: Int64) {
    self.threshold = max(1, threshold)
    self.recoveryThreshold = max(1, recoveryThreshold)
    self.checkInterval = max(1, checkInterval)
    self.checkTimeout = max(1, checkTimeout)
  }
}
