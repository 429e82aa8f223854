import Agent
import Samples

/// A scraper with a clock that the test moves, and answers that the test gives.
final class ScraperHarness {
  var scraper: Scraper
  var table = SeriesTable(key: KeyedHash.Key(3, 4))
  var now = Moment(monotonic: 1_000_000, wall: 1_700_000_000_000)
  /// Every batch so far.
  var batches: [SampleBatch] = []
  var open: [ScrapeRequest] = []
  var cancelled: [UInt64] = []

  init(
    _ jobs: [ScrapeJob] = [ScrapeJob(name: "j", intervalMilliseconds: 15_000, timeoutMilliseconds: 10_000)],
    change: (inout ScraperSettings) -> Void = { _ in }
  ) {
    var settings = ScraperSettings(hashKey: KeyedHash.Key(1, 2))
    change(&settings)
    scraper = Scraper(settings)
    perform(scraper.setJobs(jobs, now: now))
  }

  func setTargets(_ addresses: String..., job: String = "j", labels: [(String, String)] = []) {
    let targets = addresses.map { Labels([("__address__", $0)]) }
    let group = TargetGroup(targets: targets, labels: Labels(labels.map { (name: $0.0, value: $0.1) }))
    perform(scraper.setTargets(job: job, groups: [group], now: now))
  }

  func perform(_ actions: [ScrapeAction]) {
    for action in actions {
      switch action {
      case .fetch(let request): open.append(request)
      case .cancel(let id):
        open.removeAll { $0.id == id }
        cancelled.append(id)
      case .take(let batch): batches.append(batch)
      }
    }
  }

  func pass(_ milliseconds: Int64) {
    now.monotonic += milliseconds
    now.wall += milliseconds
  }

  /// Moves on to when something is due, and does it.
  func wake() {
    if let due = scraper.nextWake, due > now.monotonic { pass(due - now.monotonic) }
    perform(scraper.step(now: now, table: &table))
  }

  /// Answers the oldest request, after a while.
  @discardableResult
  func answer(_ result: ScrapeResult, after milliseconds: Int64 = 20) -> SampleBatch? {
    pass(milliseconds)
    let batch = scraper.finish(open.removeFirst().id, result, table: &table, now: now)
    if let batch { batches.append(batch) }
    return batch
  }

  /// One whole scrape.
  @discardableResult
  func scrape(_ text: String) -> [String] { scrape(.text(text)) }

  @discardableResult
  func scrape(_ result: ScrapeResult) -> [String] {
    wake()
    return answer(result).map(lines) ?? []
  }

  /// Each sample as `name{label="value"} value timestamp`, the timestamp as the distance from the batch's first.
  func lines(_ batch: SampleBatch) -> [String] {
    (0..<batch.count).map { index in
      let bits = batch.values[index]
      let value = bits == staleMarkerBits ? "stale" : "\(Double(bitPattern: bits))"
      return "\(name(batch.references[index])) \(value)"
    }
  }

  func name(_ reference: SeriesReference) -> String {
    var name = ""
    var labels: [String] = []
    for label in table.labels(reference) {
      let text = String(decoding: label.value, as: UTF8.self)
      if label.name == Array("__name__".utf8) {
        name = text
      } else {
        labels.append("\(String(decoding: label.name, as: UTF8.self))=\"\(text)\"")
      }
    }
    return name + "{" + labels.joined(separator: ",") + "}"
  }
}

extension ScrapeResult {
  static func text(_ body: String) -> ScrapeResult {
    .answer(status: 200, contentType: "text/plain; version=0.0.4; charset=utf-8", body: Array(body.utf8))
  }

  static func openMetrics(_ body: String) -> ScrapeResult {
    .answer(
      status: 200,
      contentType: "application/openmetrics-text; version=1.0.0; charset=utf-8",
      body: Array(body.utf8)
    )
  }
}

/// The samples of a scrape without those that the scraper writes itself.
func exposed(_ lines: [String]) -> [String] {
  lines.filter { !$0.hasPrefix("scrape_") && !$0.hasPrefix("up{") }
}
