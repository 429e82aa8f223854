package import Samples

/// What holds for all jobs of a scraper.
package struct ScraperSettings: Sendable {
  /// Added to every series that hasn't a label of the same name.
  package var externalLabels: [(name: String, value: String)] = []
  /// Differs from node to node, so that a fleet's scrapes don't fall together.
  package var offsetSeed: UInt64 = 0
  /// Of the caches' hashes; random.
  package var hashKey: KeyedHash.Key
  /// The lowest number of a stream that may be used; see `SampleBatch.stream`.
  package var firstStream: UInt32 = 0
  package var userAgent = "rescfg"
  /// Whether an address without a port gets its scheme's, as in Prometheus 2.
  package var addsDefaultPort = false

  /// Bounds. Each counts in `ScrapeCounters.limitHits` when it is reached.
  package var concurrentScrapesMax = 32
  /// Of one job; the others are said to be there and not scraped.
  package var targetCountMax = 10_000
  /// Of all targets together.
  package var seriesCountMax = 2_000_000
  /// Of one scrape, before relabeling.
  package var sampleCountMax = 1_000_000
  /// After inflation.
  package var bodyByteCountMax = 64 << 20
  package var labelCountMax = 256
  package var labelNameByteCountMax = 1024
  package var labelValueByteCountMax = 64 << 10
  /// How far from the scrape a sample's own timestamp may be.
  package var timestampPastMillisecondsMax: Int64 = 24 * 3_600_000
  package var timestampFutureMillisecondsMax: Int64 = 600_000
  /// How late a scrape may begin and still be given the time it was due at, so that timestamps lie evenly; as Prometheus has it.
  package var timestampToleranceMilliseconds: Int64 = 2

  package init(hashKey: KeyedHash.Key) { self.hashKey = hashKey }
}
