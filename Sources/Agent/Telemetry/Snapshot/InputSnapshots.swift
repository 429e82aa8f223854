package import Model

/// What the agent scrapes.
package struct ScraperSnapshot: Sendable {
  /// All of them; outputs bound what they list.
  package var targets: [TargetSnapshot] = []
  package var scrapes = Tally<ResultLabel>()
  package var failures = Tally<ScrapeFailureLabel>()
  package var skipped: UInt64 = 0
  /// Samples appended to the spool.
  package var samples: UInt64 = 0

  package init() {}
}

/// One scrape target.
package struct TargetSnapshot: Sendable {
  package var job: String
  /// Its label `instance`.
  package var instance: String
  /// Where it is scraped; secrets may be in it, no output shows them.
  package var url: String
  package var state: TargetLabel
  /// Milliseconds since 1970; nothing before the first.
  package var lastScrape: Int64?
  package var lastDurationMilliseconds: Int64 = 0
  package var lastSampleCount: UInt64 = 0
  /// Of the last scrape, where it failed.
  package var lastError: String?

  package init(job: String, instance: String, url: String, state: TargetLabel) {
    self.job = job
    self.instance = instance
    self.url = url
    self.state = state
  }
}

/// The remote-write receiver.
package struct ReceiverSnapshot: Sendable {
  package var requests = Tally<ReceiverLabel>()
  /// Samples appended to the spool.
  package var samples: UInt64 = 0

  package init() {}
}
