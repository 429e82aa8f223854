public import Model

/// What the agent scrapes.
public struct ScraperSnapshot: Sendable {
  /// All of them; outputs bound what they list.
  public var targets: [TargetSnapshot] = []
  public var scrapes = Tally<ResultLabel>()
  public var failures = Tally<ScrapeFailureLabel>()
  public var skipped: UInt64 = 0
  /// Samples appended to the spool.
  public var samples: UInt64 = 0

  public init() {}
}

/// One scrape target.
public struct TargetSnapshot: Sendable {
  public var job: String
  /// Its label `instance`.
  public var instance: String
  /// Where it is scraped; secrets may be in it, no output shows them.
  public var url: String
  public var state: TargetLabel
  /// Milliseconds since 1970; nothing before the first.
  public var lastScrape: Int64?
  public var lastDurationMilliseconds: Int64 = 0
  public var lastSampleCount: UInt64 = 0
  /// Of the last scrape, where it failed.
  public var lastError: String?

  public init(job: String, instance: String, url: String, state: TargetLabel) {
    self.job = job
    self.instance = instance
    self.url = url
    self.state = state
  }
}

/// The remote-write receiver.
public struct ReceiverSnapshot: Sendable {
  public var requests = Tally<ReceiverLabel>()
  /// Samples appended to the spool.
  public var samples: UInt64 = 0

  public init() {}
}
