package import Model

/// One destination: its queue, its sender and the path to it.
package struct QueueSnapshot: Sendable {
  /// `remote_name`: the destination's name in the model.
  package var name: String
  /// Where requests go; secrets may be in it, no output shows them.
  package var url: String
  package var ledger: LedgerSnapshot
  /// Of unsent samples, on disk.
  package var unsentBytes: UInt64 = 0
  /// Milliseconds since 1970; nothing where all is sent.
  package var oldestUnsent: Int64?
  /// Milliseconds since 1970 of the newest sample taken in; nothing before the first.
  package var newestTaken: Int64?
  /// Samples a second, taken in and delivered, over the last minute.
  package var takenPerSecond: Double = 0
  package var deliveredPerSecond: Double = 0
  /// How many samples waited, over the last hours.
  package var trace = QueueTrace(start: 0)
  package var deadLettersWritten: UInt64 = 0
  package var deadLettersOmitted: UInt64 = 0
  package var sender = SenderSnapshot()
  /// Nothing where nobody watches the path.
  package var path: PathSnapshot?
  package var gaps = GapSnapshot()

  package init(name: String, url: String, ledger: LedgerSnapshot) {
    self.name = name
    self.url = url
    self.ledger = ledger
  }
}

/// What sends for one destination.
package struct SenderSnapshot: Sendable {
  /// Samples in every attempt, retries included.
  package var attemptedSamples: UInt64 = 0
  /// Samples in attempts that failed and are made again.
  package var retriedSamples: UInt64 = 0
  /// Samples handed to shards and not yet acknowledged.
  package var pendingSamples: UInt64 = 0
  /// Compressed, of every attempt.
  package var sentBytes: UInt64 = 0
  /// Milliseconds since 1970 of the newest sample that was acknowledged or refused.
  package var highestSent: Int64?
  package var shardCount = 1
  package var shardCountMin = 1
  package var shardCountMax = 1
  package var shardCountDesired = 1
  /// Samples a shard holds.
  package var shardCapacity = 0
  package var samplesPerSendMax = 0
  package var requests = Tally<RequestLabel>()
  package var probes = Tally<ResultLabel>()
  package var batchDuration = DurationHistogram.sentBatch
  /// This node's clock less the centre's, in milliseconds, by its last answer.
  package var clockOffset: Int64?
  package var lastError: ErrorSnapshot?
  /// Milliseconds since 1970 of the last request that the receiver took; nothing before the first.
  package var lastSuccess: Int64?
  /// Requests since then that were in vain, and not for the sake of their samples.
  package var failuresInARow = 0

  package init() {}
}

/// Something that failed, and when.
package struct ErrorSnapshot: Hashable, Sendable {
  /// For people; without URLs and secrets.
  package var message: String
  /// Milliseconds since 1970.
  package var time: Int64

  package init(message: String, time: Int64) {
    self.message = message
    self.time = time
  }
}

/// What the detector knows of one path.
package struct PathSnapshot: Sendable {
  package var state: PartitionState
  package var since: Moment
  /// By the state entered.
  package var transitions: Tally<PartitionState>
  /// What the health check asks; secrets may be in it, no output shows them.
  package var checkURL: String
  package var checks: Tally<ResultLabel>
  package var checkFailuresInARow: UInt64
  /// The last changes of state, the newest at the end.
  package var recent: [PartitionEvent] = []

  package init(
    state: PartitionState,
    since: Moment,
    transitions: Tally<PartitionState>,
    checkURL: String,
    checks: Tally<ResultLabel>,
    checkFailuresInARow: UInt64
  ) {
    self.state = state
    self.since = since
    self.transitions = transitions
    self.checkURL = checkURL
    self.checks = checks
    self.checkFailuresInARow = checkFailuresInARow
  }
}

/// Gaps at the centre, and their refill.
package struct GapSnapshot: Sendable {
  package var found: UInt64 = 0
  package var replayedSamples: UInt64 = 0
  package var lostSamples = Tally<GapLossLabel>()
  package var runs = Tally<ResultLabel>()
  /// Milliseconds since 1970; nothing before the first.
  package var lastSuccess: Int64?
  /// Checks begun so far; the one of that number is under way, or was the last.
  package var started: UInt64 = 0
  /// What the check under way does; nothing between checks.
  package var stage: SyncStage?
  /// Of the last check that ended.
  package var report: SyncReport?

  package init() {}
}

/// What a comparison with the centre does at a moment.
package enum SyncStage: String, Sendable {
  /// Looks through the spool.
  case surveying
  /// Asks the centre.
  case asking
  /// Sends again what is missing there.
  case refilling
}
