import Model

/// What the core counts that none of its parts does; since the start.
struct AgentCounters {
  var cursorFailures: UInt64 = 0
  /// Samples by remote write.
  var received: UInt64 = 0
  var receiverAnswers = Tally<ReceiverLabel>()
  var limitHits = Tally<LimitLabel>()
  var requests = Tally<RequestLabel>()
  var probes = Tally<ResultLabel>()
  var taken: RateMeter
  var delivered: RateMeter
  /// Milliseconds since 1970.
  var newestTaken: Int64?

  init(now: Moment) {
    taken = RateMeter(now: now)
    delivered = RateMeter(now: now)
  }
}
