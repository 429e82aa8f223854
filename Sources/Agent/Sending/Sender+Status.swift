import Spool

extension Sender {
  /// What there is to know, as of the last `step` or `finish`.
  public var status: SenderStatus {
    var status = counters
    status.deliveredSamples = settlements.delivered.byLane
    status.queuedSamples = queued.byLane
    status.refusedSamples = settlements.refused
    status.pendingSamples = flights.reduce(live.draftSampleCount + backlog.draftSampleCount) { $0 + $1.sampleCount }
    status.pendingRequests = flights.count
    status.pendingByteCount = flights.reduce(0) { $0 + $1.byteCount }
    status.shards = flights.count { $0.isSent }
    status.shardsDesired = min(backlogLimit.limit + 1, configuration.maxShards)
    status.shardsMax = configuration.maxShards
    status.trouble = path.trouble
    status.consecutiveFailures = path.consecutiveFailures
    status.lastSuccess = path.lastSuccess
    status.lastError = path.lastError
    status.heldSettlements = settlements.heldCount
    status.isHeldByClock = heldUntil != nil
    status.protocol = version
    status.samplesPerSendMax = samplesPerSendMax
    return status
  }

  /// Delivered or refused, so far.
  var settledSamples: Int { Int(settlements.delivered.total) + settlements.refused.total }

  /// Looks at what is queued, so that `status` needs no spool.
  func note(_ spool: Spool, now: Moment) {
    counters.clockDifference = serverClock.difference(now: now)
    guard let end = spool.queuedSamples(configuration.destination) else { return }
    let written = spool.writtenPosition.samplesBefore
    let position = live.position.samplesBefore
    let ahead = written > position ? written - position : 0
    var fresh = ahead + live.tracker.openSamples
    if !configuration.acceptsOutOfOrder, live.tracker.openSamples + ahead > 0 { fresh = isBehind ? 0 : fresh }
    queued = LaneCounts(live: min(fresh, end), backlog: end - min(fresh, end))
  }

  /// Whether there is anything that could be on its way.
  var hasSendable: Bool { !flights.isEmpty || queued.total > 0 }

  /// Whether nothing waits that goes before what is sent a second time.
  var isIdle: Bool { path.isClear && queued.backlog == 0 }
}
