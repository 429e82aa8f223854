public import Samples

/// What holds for all jobs of a scraper.
public struct ScraperSettings: Sendable {
  /// Added to every series that hasn't a label of the same name.
  public var externalLabels: [(name: String, value: String)] = []
  /// Differs from node to node, so that a fleet's scrapes don't fall together.
  public var offsetSeed: UInt64 = 0
  /// Of the caches' hashes; random.
  public var hashKey: KeyedHash.Key
  /// The lowest number of a stream that may be used; see `SampleBatch.stream`.
  public var firstStream: UInt32 = 0
  public var userAgent = "rescfg"
  /// Whether an address without a port gets its scheme's, as in Prometheus 2.
  public var addsDefaultPort = false

  /// Bounds. Each counts in `ScrapeCounters.limitHits` when it is reached.
  public var concurrentScrapesMax = 32
  /// Of one job; the others are said to be there and not scraped.
  public var targetCountMax = 10_000
  /// Of all targets together.
  public var seriesCountMax = 2_000_000
  /// Of one scrape, before relabeling.
  public var sampleCountMax = 1_000_000
  /// After inflation.
  public var bodyByteCountMax = 64 << 20
  public var labelCountMax = 256
  public var labelNameByteCountMax = 1024
  public var labelValueByteCountMax = 64 << 10
  /// How far from the scrape a sample's own timestamp may be.
  public var timestampPastMillisecondsMax: Int64 = 24 * 3_600_000
  public var timestampFutureMillisecondsMax: Int64 = 600_000
  /// How late a scrape may begin and still be given the time it was due at, so that timestamps lie evenly; as Prometheus has it.
  public var timestampToleranceMilliseconds: Int64 = 2

  public init(hashKey: KeyedHash.Key) { self.hashKey = hashKey }
}
