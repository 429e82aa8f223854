public import Model

/// One destination: its queue, its sender and the path to it.
public struct QueueSnapshot: Sendable {
  /// `remote_name`: the destination's name in the model.
  public var name: String
  /// Where requests go; secrets may be in it, no output shows them.
  public var url: String
  public var ledger: LedgerSnapshot
  /// Of unsent samples, on disk.
  public var unsentBytes: UInt64 = 0
  /// Milliseconds since 1970; nothing where all is sent.
  public var oldestUnsent: Int64?
  /// Milliseconds since 1970 of the newest sample taken in; nothing before the first.
  public var newestTaken: Int64?
  /// Samples a second, taken in and delivered, over the last minute.
  public var takenPerSecond: Double = 0
  public var deliveredPerSecond: Double = 0
  /// How many samples waited, over the last hours.
  public var trace = QueueTrace(start: 0)
  public var deadLettersWritten: UInt64 = 0
  public var deadLettersOmitted: UInt64 = 0
  public var sender = SenderSnapshot()
  /// Nothing where nobody watches the path.
  public var path: PathSnapshot?
  public var gaps = GapSnapshot()

  public init(name: String, url: String, ledger: LedgerSnapshot) {
    self.name = name
    self.url = url
    self.ledger = ledger
  }
}

/// What sends for one destination.
public struct SenderSnapshot: Sendable {
  /// Samples in every attempt, retries included.
  public var attemptedSamples: UInt64 = 0
  /// Samples in attempts that failed and are made again.
  public var retriedSamples: UInt64 = 0
  /// Samples handed to shards and not yet acknowledged.
  public var pendingSamples: UInt64 = 0
  /// Compressed, of every attempt.
  public var sentBytes: UInt64 = 0
  /// Milliseconds since 1970 of the newest sample that was acknowledged or refused.
  public var highestSent: Int64?
  public var shardCount = 1
  public var shardCountMin = 1
  public var shardCountMax = 1
  public var shardCountDesired = 1
  /// Samples a shard holds.
  public var shardCapacity = 0
  public var samplesPerSendMax = 0
  public var requests = Tally<RequestLabel>()
  public var probes = Tally<ResultLabel>()
  public var batchDuration = DurationHistogram.sentBatch
  /// This node's clock less the centre's, in milliseconds, by its last answer.
  public var clockOffset: Int64?
  public var lastError: ErrorSnapshot?
  /// Milliseconds since 1970 of the last request that the receiver took; nothing before the first.
  public var lastSuccess: Int64?
  /// Requests since then that were in vain, and not for the sake of their samples.
  public var failuresInARow = 0

  public init() {}
}

/// Something that failed, and when.
public struct ErrorSnapshot: Hashable, Sendable {
  /// For people; without URLs and secrets.
  public var message: String
  /// Milliseconds since 1970.
  public var time: Int64

  public init(message: String, time: Int64) {
    self.message = message
    self.time = time
  }
}

/// What the detector knows of one path.
public struct PathSnapshot: Sendable {
  public var state: PartitionState
  public var since: Moment
  /// By the state entered.
  public var transitions: Tally<PartitionState>
  /// What the health check asks; secrets may be in it, no output shows them.
  public var checkURL: String
  public var checks: Tally<ResultLabel>
  public var checkFailuresInARow: UInt64
  /// The last changes of state, the newest at the end.
  public var recent: [PartitionEvent] = []

  public init(
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
public struct GapSnapshot: Sendable {
  public var found: UInt64 = 0
  public var replayedSamples: UInt64 = 0
  public var lostSamples = Tally<GapLossLabel>()
  public var runs = Tally<ResultLabel>()
  /// Milliseconds since 1970; nothing before the first.
  public var lastSuccess: Int64?
  /// Checks begun so far; the one of that number is under way, or was the last.
  public var started: UInt64 = 0
  /// What the check under way does; nothing between checks.
  public var stage: SyncStage?
  /// Of the last check that ended.
  public var report: SyncReport?

  public init() {}
}

/// What a comparison with the centre does at a moment.
public enum SyncStage: String, Sendable {
  /// Looks through the spool.
  case surveying
  /// Asks the centre.
  case asking
  /// Sends again what is missing there.
  case refilling
}
