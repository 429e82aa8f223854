internal import Samples

/// What the scraper writes about each scrape, with the target's labels.
///
/// Source: Prometheus, "Automatically generated labels and time series".
struct ScrapeReport {
  static let names = [
    "up", "scrape_duration_seconds", "scrape_samples_scraped", "scrape_samples_post_metric_relabeling",
    "scrape_series_added",
  ]
  /// Where the job asks for them (`extra_scrape_metrics`).
  static let extraNames = ["scrape_timeout_seconds", "scrape_sample_limit", "scrape_body_size_bytes"]

  var isUp = false
  var durationMilliseconds: Int64 = 0
  var exposedSamples = 0
  var keptSamples = 0
  var newSeries = 0
  /// -1 where nobody knows it, or it was beyond the limit.
  var bodyByteCount = -1

  /// In the order of the names.
  func values(_ job: ScrapeJob, _ target: ScrapeTarget) -> [Double] {
    let values: [Double] = [
      isUp ? 1 : 0, Double(durationMilliseconds) / 1000, Double(exposedSamples), Double(keptSamples), Double(newSeries),
    ]
    guard job.hasExtraMetrics else { return values }
    return values
      + [Double(target.timeoutMilliseconds) / 1000, Double(job.limits.sampleCount), Double(bodyByteCount)]
  }
}
