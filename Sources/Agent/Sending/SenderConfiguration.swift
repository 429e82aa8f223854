/// What bounds and paces a sender, from the model. Durations are milliseconds.
public struct SenderConfiguration: Hashable, Sendable {
  /// The destination's name, which is the spool's, too.
  public var destination: String
  /// Requests on their way at once, at most.
  public var maxShards: Int
  /// Samples in a request, at most; exemplars and metadata count as one each.
  public var maxSamplesPerSend: Int
  /// How long a sample waits for its request to fill.
  public var batchSendDeadline: Int64
  public var backoff: Backoff
  public var retriesOnRateLimit: Bool
  public var retryAfterMax: Int64
  public var scrapeInterval: Int64
  /// Whether the receiver takes samples older than a series' newest. If not, there is one lane, oldest first.
  public var acceptsOutOfOrder: Bool
  /// Backlog, in samples a second.
  public var drainRate: Int
  /// Agents that have this receiver: the more, the further apart they begin with their backlogs.
  public var nodeCount: Int
  public var `protocol`: RemoteWriteVersion
  /// How far beyond the present a sample's timestamp may lie and still be sent. Prometheus since 2.54 refuses more than ten minutes;
  /// one before that takes it, and then refuses the present of every other sender.
  public var futureMax: Int64 = 600_000
  /// Bytes of compressed requests in memory, at most, but for the first.
  public var inFlightByteCountMax = 32 << 20
  /// Bytes of a request before compression, about, at most: receivers take 32 MiB.
  public var requestByteCountMax = 8 << 20

  public init(
    destination: String,
    maxShards: Int = 10,
    maxSamplesPerSend: Int = 1000,
    batchSendDeadline: Int64 = 5000,
    backoff: Backoff = Backoff(initial: 1000, max: 30_000),
    retriesOnRateLimit: Bool = true,
    retryAfterMax: Int64 = 300_000,
    scrapeInterval: Int64 = 15_000,
    acceptsOutOfOrder: Bool = true,
    drainRate: Int = 100_000,
    nodeCount: Int = 1_000,
    protocol: RemoteWriteVersion = .v1
  ) {
    self.destination = destination
    self.maxShards = max(maxShards, 1)
    self.maxSamplesPerSend = max(maxSamplesPerSend, 1)
    self.batchSendDeadline = batchSendDeadline
    self.backoff = backoff
    self.retriesOnRateLimit = retriesOnRateLimit
    self.retryAfterMax = retryAfterMax
    self.scrapeInterval = scrapeInterval
    self.acceptsOutOfOrder = acceptsOutOfOrder
    self.drainRate = max(drainRate, 1)
    self.nodeCount = max(nodeCount, 1)
    self.protocol = `protocol`
  }

  /// A part of a request waits so long for more, where the one before it went out less long ago: with little to send there
  /// is a request a second, with much they fill by themselves.
  var linger: Int64 { min(batchSendDeadline, 1000) }

  /// Within which each agent has a moment of its own to begin with its backlog: a hundred a second, and no agent waits longer than it takes
  /// to see that fresh data gets through. One alone has nobody to wait for.
  var backlogSpread: Int64 { min(2_000, scrapeInterval / 2, Int64(min(nodeCount, 1_000_000)) * 10) }

  /// Live data older than this is live no more.
  var liveAgeMax: Int64 { scrapeInterval + batchSendDeadline }
}
