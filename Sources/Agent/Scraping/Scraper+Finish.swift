public import Samples

/// From an answer to samples.
extension Scraper {
  /// Takes what came of a request.
  /// - Parameters:
  ///   - id: of the request.
  ///   - table: where the series of the batch are named.
  /// - Returns: what belongs into the spool; nothing where the target has gone in the meantime.
  public mutating func finish(
    _ id: UInt64,
    _ result: ScrapeResult,
    table: inout SeriesTable,
    now: Moment
  ) -> SampleBatch? {
    guard let stream = requests.removeValue(forKey: id), let loop = loops[stream],
      let request = loop.request, request.id == id
    else { return nil }
    loop.request = nil
    let started = request.started
    if case .failure(.limit, _) = result { counters.limitHits[.bodySize, default: 0] += 1 }
    do throws(ScrapeFailure) {
      let (format, body) = try exposition(of: result, loop.job)
      return try taken(loop, body, format, started: started, at: request.timestamp, now: now, &table)
    } catch {
      return failed(loop, error, started: started, at: request.timestamp, now: now, &table)
    }
  }

  private func exposition(
    of result: ScrapeResult,
    _ job: ScrapeJob
  ) throws(ScrapeFailure) -> (Samples.ExpositionFormat, [UInt8]) {
    switch result {
    case .failure(let reason, let message): throw ScrapeFailure(reason: reason, message: message)
    case .answer(let status, let contentType, let body):
      guard status == 200 else {
        let isRedirect = (300..<400).contains(status)
        throw ScrapeFailure(
          reason: .status,
          message: "the target answered with status \(status)" + (isRedirect ? ", and redirects aren't followed" : "")
        )
      }
      guard let format = ScrapeProtocol.format(contentType: contentType) ?? job.fallbackProtocol?.format else {
        let type = contentType.map { "the Content-Type '\($0.prefix(80))'" } ?? "no Content-Type"
        throw ScrapeFailure(
          reason: .content,
          message: "the target answered with \(type), and the job has no fallback_scrape_protocol"
        )
      }
      return (format, body)
    }
  }

  private mutating func taken(
    _ loop: TargetLoop,
    _ body: [UInt8],
    _ format: Samples.ExpositionFormat,
    started: Int64,
    at timestamp: Int64,
    now: Moment,
    _ table: inout SeriesTable
  ) throws(ScrapeFailure) -> SampleBatch {
    var batch = SampleBatch(stream: loop.stream)
    let countBefore = loop.cache.count
    var room = settings.seriesCountMax - seriesCount
    let naming = loop.naming
    var parser = ExpositionParser(
      format: format,
      limits: limits(of: loop.job),
      timestamps: timestamps(loop.job, timestamp)
    )
    let summary: ExpositionParser.Summary
    do throws(ExpositionFailure) {
      summary = try parser.parse(
        body,
        defaultTimestamp: timestamp,
        cache: &loop.cache,
        into: &batch,
        keeps: { (labels: inout LabelSet) throws(ExpositionFailure.Reason) in try naming.name(&labels) },
        resolve: { (labels: inout LabelSet) throws(ExpositionFailure.Reason) in
          room -= 1
          guard room >= 0 else { throw .seriesBudget }
          return try naming.name(&labels) ? .kept(table.intern(labels)) : .dropped
        }
      )
    } catch {
      seriesCount += loop.cache.count - countBefore
      throw failure(error, loop.job, parser.progress)
    }
    seriesCount += loop.cache.count - countBefore
    var report = ScrapeReport()
    report.isUp = true
    report.durationMilliseconds = now.monotonic - started
    report.exposedSamples = summary.exposed
    report.keptSamples = summary.kept
    report.newSeries = summary.newSeries
    report.bodyByteCount = body.count
    loop.append(report, to: &batch, at: timestamp, &table)
    batch.append(summary.ended, [UInt64](repeating: staleMarkerBits, count: summary.ended.count), at: timestamp)
    note(summary, batch)
    note(loop, report, failure: nil, at: timestamp)
    return batch
  }

  /// After a failure everything that was exposed before ends, and `up` says so.
  mutating func failed(
    _ loop: TargetLoop,
    _ failure: ScrapeFailure,
    started: Int64,
    at timestamp: Int64,
    now: Moment,
    _ table: inout SeriesTable
  ) -> SampleBatch {
    var batch = SampleBatch(stream: loop.stream)
    var ended: [SeriesReference] = []
    seriesCount -= loop.cache.count
    loop.cache.endAll(into: &ended, remembersFailed: failure.isRemembered)
    seriesCount += loop.cache.count
    var report = ScrapeReport()
    report.durationMilliseconds = now.monotonic - started
    report.exposedSamples = failure.exposedSamples
    report.keptSamples = failure.keptSamples
    report.newSeries = failure.newSeries
    loop.append(report, to: &batch, at: timestamp, &table)
    batch.append(ended, [UInt64](repeating: staleMarkerBits, count: ended.count), at: timestamp)
    counters.failures[failure.reason, default: 0] += 1
    counters.samples += UInt64(batch.count)
    note(loop, report, failure: failure, at: timestamp)
    return batch
  }

  private func limits(of job: ScrapeJob) -> ExpositionLimits {
    ExpositionLimits(
      sampleCountMax: settings.sampleCountMax,
      keptSampleCountMax: job.limits.sampleCount > 0 ? job.limits.sampleCount : .max,
      labelCountMax: settings.labelCountMax,
      labelNameByteCountMax: settings.labelNameByteCountMax,
      labelValueByteCountMax: settings.labelValueByteCountMax
    )
  }

  private func timestamps(_ job: ScrapeJob, _ timestamp: Int64) -> ExplicitTimestamps {
    ExplicitTimestamps(
      isHonored: job.honorsTimestamps,
      endsWithMarker: job.tracksTimestampsStaleness,
      range: timestamp - settings.timestampPastMillisecondsMax...timestamp + settings.timestampFutureMillisecondsMax
    )
  }

  private mutating func note(_ summary: ExpositionParser.Summary, _ batch: SampleBatch) {
    counters.successes += 1
    counters.samples += UInt64(batch.count)
    counters.duplicateSamples += UInt64(summary.duplicates)
    counters.refusedSamples += UInt64(summary.refused)
    counters.outOfRangeSamples += UInt64(summary.outOfRange)
    counters.exemplars += UInt64(summary.exemplars)
    if summary.refusedExemplars > 0 {
      counters.limitHits[.labelSize, default: 0] += UInt64(summary.refusedExemplars)
    }
  }

  private func note(_ loop: TargetLoop, _ report: ScrapeReport, failure: ScrapeFailure?, at timestamp: Int64) {
    loop.lastTimestamp = timestamp
    loop.status.health = report.isUp ? .up : .down
    loop.status.lastScrape = timestamp
    loop.status.lastDurationMilliseconds = report.durationMilliseconds
    loop.status.lastSampleCount = report.exposedSamples
    loop.status.seriesCount = loop.cache.count
    loop.status.lastFailure = failure
  }

  private mutating func failure(
    _ error: ExpositionFailure,
    _ job: ScrapeJob,
    _ progress: ExpositionParser.Summary
  ) -> ScrapeFailure {
    let limit = error.reason.limit
    if let limit { counters.limitHits[limit, default: 0] += 1 }
    return ScrapeFailure(
      reason: limit == nil ? .syntax : .limit,
      message: "line \(error.line): \(error.reason.text)",
      exposedSamples: progress.exposed,
      keptSamples: progress.kept,
      newSeries: progress.newSeries,
      isRemembered: error.reason != .seriesBudget
    )
  }
}

extension ExpositionFailure.Reason {
  /// The bound that was reached, where it is one.
  fileprivate var limit: ScrapeLimit? {
    switch self {
    case .tooManySamples, .sampleLimit, .seriesBudget: .series
    case .tooManyLabels, .labelNameTooLong, .labelValueTooLong: .labelSize
    default: nil
    }
  }

  /// Behind "line 7: ".
  fileprivate var text: String {
    switch self {
    case .metricName: "no name of a metric"
    case .labelName: "no name of a label"
    case .labelValue: "the value of a label stands between double quotes"
    case .value: "no number where the value should be"
    case .timestamp: "no whole number where the timestamp should be"
    case .invalidUTF8: "a label that isn't UTF-8"
    case .duplicateLabel: "a label that stands there twice"
    case .unexpectedByte: "something where the line should end"
    case .exemplar: "an exemplar that isn't one"
    case .missingEndOfFile: "OpenMetrics ends with a line '# EOF', which is missing"
    case .dataAfterEndOfFile: "something behind '# EOF'"
    case .tooManySamples: "more samples than the agent takes from one target"
    case .sampleLimit: "more samples than sample_limit"
    case .seriesBudget: "more series than the agent takes from all targets together"
    case .tooManyLabels: "a series with more labels than label_limit or the agent allows"
    case .labelNameTooLong: "a label with a longer name than label_name_length_limit or the agent allows"
    case .labelValueTooLong: "a label with a longer value than label_value_length_limit or the agent allows"
    case .nameRelabeledAway: "metric_relabel_configs leave no __name__ of the series"
    }
  }
}
