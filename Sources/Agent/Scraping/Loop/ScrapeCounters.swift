/// A bound that was reached, by its name in `rescfg_limit_hits_total`.
public enum ScrapeLimit: String, Hashable, Sendable, CaseIterable {
  case bodySize = "body_size"
  case series
  case labelSize = "label_size"
  case concurrentScrapes = "concurrent_scrapes"
}

/// What a scraper has done since it was made.
public struct ScrapeCounters: Hashable, Sendable {
  public var successes: UInt64 = 0
  public var failures: [ScrapeFailure.Reason: UInt64] = [:]
  /// Scrapes that were due while the one before was still under way.
  public var skipped: UInt64 = 0
  public var limitHits: [ScrapeLimit: UInt64] = [:]
  /// Samples handed on, those of the scrapes themselves and stale markers included.
  public var samples: UInt64 = 0
  /// Samples left out: their series was in the scrape already.
  public var duplicateSamples: UInt64 = 0
  /// Samples left out: a label stands twice in their series.
  public var refusedSamples: UInt64 = 0
  /// Samples left out: their timestamp is far from now.
  public var outOfRangeSamples: UInt64 = 0
  /// Exemplars taken.
  public var exemplars: UInt64 = 0
}
