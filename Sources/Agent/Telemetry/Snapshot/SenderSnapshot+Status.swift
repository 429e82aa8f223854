public import Model
public import Spool

extension SenderSnapshot {
  /// From what the sender says of itself. Requests by result and probes are counted by whoever takes the answers.
  public init(_ status: SenderStatus, shardCapacity: Int) {
    self.init()
    attemptedSamples = status.attemptedSamples
    retriedSamples = status.retriedSamples
    pendingSamples = UInt64(clamping: status.pendingSamples)
    sentBytes = status.attemptedByteCount
    highestSent = status.highestSentTimestamp
    shardCount = status.shards
    shardCountMin = status.shardsMin
    shardCountMax = status.shardsMax
    shardCountDesired = status.shardsDesired
    self.shardCapacity = shardCapacity
    samplesPerSendMax = status.samplesPerSendMax
    batchDuration = status.batchDurations
    clockOffset = status.clockDifference
    lastSuccess = status.lastSuccess?.wall
    failuresInARow = status.consecutiveFailures
    lastError = status.lastError.map { ErrorSnapshot(message: $0.text, time: $0.at.wall) }
  }
}

extension LedgerSnapshot {
  /// From the books, and from what the sender knows of its lanes since the start.
  public init(_ ledger: Ledger, _ status: SenderStatus) {
    self.init(
      collected: ledger.collected,
      delivered: ledger.delivered,
      rejected: ledger.rejected,
      dropped: ledger.dropped,
      queued: ledger.queued,
      deliveredLive: status.deliveredSamples[.live] ?? 0,
      deliveredBacklog: status.deliveredSamples[.backlog] ?? 0,
      queuedBacklog: status.queuedSamples[.backlog] ?? 0
    )
  }
}

extension RequestLabel {
  /// Of a write request's answer; `status` is nothing where none came.
  public init(status: Int?) {
    switch status.map(AnswerClass.init(status:)) {
    case nil: self = .transport
    case .accepted: self = .success
    case .internalError, .unavailable: self = .serverError
    case .overloaded: self = status == 429 ? .throttled : .serverError
    case .refused, .tooLarge, .unsupported, .misdirected: self = .refused
    }
  }
}

extension ReceiverLabel {
  /// Of the receiver's own answer.
  public init(status: Int) { self = ReceiverLabel(rawValue: String(status)) ?? .other }
}
