internal import Samples

/// One target's state from scrape to scrape.
final class TargetLoop {
  let target: ScrapeTarget
  var job: ScrapeJob
  let stream: UInt32
  let serial: UInt64
  var naming: SeriesNaming
  var schedule: ScrapeSchedule
  var cache: ScrapeCache
  /// Of the scrape under way.
  var request: (id: UInt64, timestamp: Int64, started: Int64)?
  var isWaiting = false
  /// Why it is not to be scraped, where its job has too many targets.
  var refusal: String?
  /// In the order of `ScrapeReport.names`.
  var reports: [SeriesReference] = []
  var lastTimestamp: Int64?
  var status: TargetStatus

  init(
    _ target: ScrapeTarget,
    _ job: ScrapeJob,
    stream: UInt32,
    serial: UInt64,
    _ settings: ScraperSettings,
    now: Moment
  ) {
    self.target = target
    self.job = job
    self.stream = stream
    self.serial = serial
    naming = SeriesNaming(target, job, settings)
    let offset = ScrapeSchedule.offset(of: target, seed: settings.offsetSeed)
    schedule = ScrapeSchedule(intervalMilliseconds: target.intervalMilliseconds, offset: offset, now: now)
    cache = ScrapeCache(key: settings.hashKey)
    status = TargetStatus(target)
  }

  /// Appends what is to be said about a scrape.
  func append(_ report: ScrapeReport, to batch: inout SampleBatch, at timestamp: Int64, _ table: inout SeriesTable) {
    if reports.isEmpty {
      let names = ScrapeReport.names + (job.hasExtraMetrics ? ScrapeReport.extraNames : [])
      reports = names.map { table.intern(naming.name(ofReport: $0)) }
    }
    batch.append(reports, report.values(job, target).map(\.bitPattern), at: timestamp)
  }

  /// Ends all that the target ever brought, reports included; nothing where there is nothing to end.
  func end(now: Moment) -> SampleBatch? {
    var batch = SampleBatch(stream: stream)
    // Later than what it ends, though the clock were set back.
    let timestamp = max(now.wall, (lastTimestamp ?? .min) &+ 1)
    var references: [SeriesReference] = []
    cache.endAll(into: &references)
    references += reports
    batch.append(references, [UInt64](repeating: staleMarkerBits, count: references.count), at: timestamp)
    return batch.isEmpty ? nil : batch
  }
}

extension SampleBatch {
  /// Appends samples of one moment. A batch whose samples so far share that moment goes on naming it once.
  mutating func append(_ added: [SeriesReference], _ bits: [UInt64], at timestamp: Int64) {
    if added.isEmpty { return }
    if references.isEmpty {
      timestamps = [timestamp]
    } else if timestamps.count != 1 || timestamps[0] != timestamp {
      if timestamps.count == 1 { timestamps = [Int64](repeating: timestamps[0], count: references.count) }
      timestamps += [Int64](repeating: timestamp, count: added.count)
    }
    references += added
    values += bits
  }
}
