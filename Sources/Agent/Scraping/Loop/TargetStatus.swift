/// What people are shown of a target.
public struct TargetStatus: Hashable, Sendable {
  public enum Health: String, Hashable, Sendable {
    case up, down
    /// Not scraped yet.
    case unknown
  }

  public let job: String
  public let labels: Labels
  /// May hold secrets in its parameters.
  public let url: String
  public let intervalMilliseconds: Int64
  public internal(set) var health = Health.unknown
  /// Milliseconds since 1970; nothing before the first.
  public internal(set) var lastScrape: Int64?
  public internal(set) var lastDurationMilliseconds: Int64 = 0
  /// Samples of the last scrape, before relabeling.
  public internal(set) var lastSampleCount = 0
  /// Series that the scraper remembers of it.
  public internal(set) var seriesCount = 0
  /// Of the last scrape, where it failed.
  public internal(set) var lastFailure: ScrapeFailure?

  init(_ target: ScrapeTarget) {
    job = target.job
    labels = target.labels
    url = target.url
    intervalMilliseconds = target.intervalMilliseconds
  }
}

/// What people are shown of a job.
public struct JobStatus: Hashable, Sendable {
  public let name: String
  public internal(set) var targets: [TargetStatus] = []
  /// Targets that relabeling dropped.
  public internal(set) var droppedCount = 0
  /// Why others can't be scraped; the first few.
  public internal(set) var problems: [String] = []
}
