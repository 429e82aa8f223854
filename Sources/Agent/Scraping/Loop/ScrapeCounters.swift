/// A bound that was reached, by its name in `rescfg_limit_hits_total`.
package enum ScrapeLimit: String, Hashable, Sendable, CaseIterable {
  case bodySize = "body_size"
  case series
  case labelSize = "label_size"
  case concurrentScrapes = "concurrent_scrapes"
}

/// What a scraper has done since it was made.
package struct ScrapeCounters: Hashable, Sendable {
  package var successes: UInt64 = 0
  package var failures: [ScrapeFailure.Reason: UInt64] = [:]
  /// Scrapes that were due while the one before was still under way.
  package var skipped: UInt64 = 0
  package var limitHits: [ScrapeLimit: UInt64] = [:]
  /// Samples handed on, those of the scrapes themselves and stale markers included.
  package var samples: UInt64 = 0
  /// Samples left out: their series was in the scrape already.
  package var duplicateSamples: UInt64 = 0
  /// Samples left out: a label stands twice in their series.
  package var refusedSamples: UInt64 = 0
  /// Samples left out: their timestamp is far from now.
  package var outOfRangeSamples: UInt64 = 0
  /// Exemplars taken.
  package var exemplars: UInt64 = 0
}
