/// What a sender knows of itself; for metrics, the status page and the detector. Counters begin with the process.
package struct SenderStatus: Sendable {
  /// Delivered and settled, so that their sum over the lanes moves as the ledger's does.
  package var deliveredSamples: [Lane: UInt64] = [:]
  package var refusedSamples = RefusalCounts()
  /// Of the ledger's `queued`.
  package var queuedSamples: [Lane: UInt64] = [:]
  /// In requests that aren't done.
  package var pendingSamples = 0
  package var pendingRequests = 0
  package var pendingByteCount = 0
  /// Requests going at once: now, and as many as the last look asked for.
  package var shards = 0
  package var shardsDesired = 0
  package var shardsMin = 1
  package var shardsMax = 0
  /// In every attempt.
  package var attemptedSamples: UInt64 = 0
  package var attemptedRequests: UInt64 = 0
  /// In attempts that failed and are made again.
  package var retriedSamples: UInt64 = 0
  /// Compressed, of every attempt.
  package var attemptedByteCount: UInt64 = 0
  /// Milliseconds since 1970; nothing until something was acknowledged or refused.
  package var highestSentTimestamp: Int64?
  package var batchDurations = DurationHistogram.sentBatch
  package var trouble: PathHealth.Trouble?
  package var consecutiveFailures = 0
  package var lastSuccess: Moment?
  package var lastError: (text: String, at: Moment)?
  /// Settlements that the spool's cursor has no room for yet.
  package var heldSettlements = 0
  /// Whether samples wait because our clock and the receiver's differ by more than may be.
  package var isHeldByClock = false
  /// What is sent now, which may be less than the model asks for.
  package var `protocol` = RemoteWriteVersion.v1
  /// Samples in a request at most, after what the receiver said.
  package var samplesPerSendMax = 0

  package init() {}
}
