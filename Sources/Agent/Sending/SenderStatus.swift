/// What a sender knows of itself; for metrics, the status page and the detector. Counters begin with the process.
public struct SenderStatus: Sendable {
  /// Delivered and settled, so that their sum over the lanes moves as the ledger's does.
  public var deliveredSamples: [Lane: UInt64] = [:]
  public var refusedSamples = RefusalCounts()
  /// Of the ledger's `queued`.
  public var queuedSamples: [Lane: UInt64] = [:]
  /// In requests that aren't done.
  public var pendingSamples = 0
  public var pendingRequests = 0
  public var pendingByteCount = 0
  /// Requests going at once: now, and as many as the last look asked for.
  public var shards = 0
  public var shardsDesired = 0
  public var shardsMin = 1
  public var shardsMax = 0
  /// In every attempt.
  public var attemptedSamples: UInt64 = 0
  public var attemptedRequests: UInt64 = 0
  /// In attempts that failed and are made again.
  public var retriedSamples: UInt64 = 0
  /// Compressed, of every attempt.
  public var attemptedByteCount: UInt64 = 0
  /// Milliseconds since 1970; nothing until something was acknowledged or refused.
  public var highestSentTimestamp: Int64?
  public var batchDurations = DurationHistogram.sentBatch
  public var trouble: PathHealth.Trouble?
  public var consecutiveFailures = 0
  public var lastSuccess: Moment?
  public var lastError: (text: String, at: Moment)?
  /// Settlements that the spool's cursor has no room for yet.
  public var heldSettlements = 0
  /// Whether samples wait because our clock and the receiver's differ by more than may be.
  public var isHeldByClock = false
  /// Our clock less the receiver's, in milliseconds, by its last answer.
  public var clockDifference: Int64?
  /// What is sent now, which may be less than the model asks for.
  public var `protocol` = RemoteWriteVersion.v1
  /// Samples in a request at most, after what the receiver said.
  public var samplesPerSendMax = 0

  public init() {}
}
