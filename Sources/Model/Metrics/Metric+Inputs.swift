/// Where samples come from: the scraper and the remote-write receiver.
extension Metric {
  public static let inputSamples = own(
    "input_samples_total",
    .counter,
    "Samples taken in since the start, by input",
    labels: ["input"]
  )
  public static let scrapeTargets = own(
    "scrape_targets",
    .gauge,
    "Targets, by what became of their last scrape",
    labels: ["state"]
  )
  public static let scrapes = own("scrapes_total", .counter, "Scrapes that ended, by result", labels: ["result"])
  public static let scrapeFailures = own(
    "scrape_failures_total",
    .counter,
    "Scrapes that failed, by reason",
    labels: ["reason"]
  )
  public static let scrapesSkipped = own(
    "scrapes_skipped_total",
    .counter,
    "Scrapes that were due and not begun, as the one before was not over"
  )
  public static let receiverRequests = own(
    "receiver_requests_total",
    .counter,
    "Remote-write requests that were answered, by code",
    labels: ["code"]
  )
  public static let seriesTracked = own("series", .gauge, "Series that are tracked, of all inputs")

  static let inputs: [Metric] = [
    inputSamples, scrapeTargets, scrapes, scrapeFailures, scrapesSkipped, receiverRequests, seriesTracked,
  ]
}
