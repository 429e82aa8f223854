/// What people are shown of a target.
package struct TargetStatus: Hashable, Sendable {
  package enum Health: String, Hashable, Sendable {
    case up, down
    /// Not scraped yet.
    case unknown
  }

  package let job: String
  package let labels: Labels
  /// May hold secrets in its parameters.
  package let url: String
  package let intervalMilliseconds: Int64
  package internal(set) var health = Health.unknown
  /// Milliseconds since 1970; nothing before the first.
  package internal(set) var lastScrape: Int64?
  package internal(set) var lastDurationMilliseconds: Int64 = 0
  /// Samples of the last scrape, before relabeling.
  package internal(set) var lastSampleCount = 0
  /// Series that the scraper remembers of it.
  package internal(set) var seriesCount = 0
  /// Of the last scrape, where it failed.
  package internal(set) var lastFailure: ScrapeFailure?

  init(_ target: ScrapeTarget) {
    job = target.job
    labels = target.labels
    url = target.url
    intervalMilliseconds = target.intervalMilliseconds
  }
}

/// What people are shown of a job.
package struct JobStatus: Hashable, Sendable {
  package let name: String
  package internal(set) var targets: [TargetStatus] = []
  /// Targets that relabeling dropped.
  package internal(set) var droppedCount = 0
  /// Why others can't be scraped; the first few.
  package internal(set) var problems: [String] = []
}
