import Model

/// What the core counts that none of its parts does; since the start.
struct AgentCounters {
  var cursorFailures: UInt64 = 0
  /// Samples by remote write.
  var received: UInt64 = 0
  var receiverAnswers = Tally<ReceiverLabel>()
  var limitHits = Tally<LimitLabel>()
  var taken: RateMeter
  /// In the order of the senders.
  var destinations: [DestinationCounters]
  /// Milliseconds since 1970.
  var newestTaken: Int64?

  init(destinationCount: Int, now: Moment) {
    taken = RateMeter(now: now)
    destinations = (0..<destinationCount).map { _ in DestinationCounters(now) }
  }
}

struct DestinationCounters {
  var requests = Tally<RequestLabel>()
  var probes = Tally<ResultLabel>()
  var delivered: RateMeter
  /// Of the samples that wait.
  var trace: QueueTrace

  init(_ now: Moment) {
    delivered = RateMeter(now: now)
    trace = QueueTrace(start: now.monotonic)
  }
}
