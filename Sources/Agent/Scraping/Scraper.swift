public import Samples

/// Scrapes targets: says when to fetch what, and turns answers into samples.
///
/// It knows no network and no clock. `step` says what is due, `finish` takes what came of it, `nextWake` says when to ask again.
/// Whatever a target answers, `finish` says in samples what happened: `up`, and markers for series that ended.
public struct Scraper {
  struct JobState {
    var job: ScrapeJob
    var groups: [TargetGroup] = []
    var loops: [TargetLoop] = []
    var droppedCount = 0
    var problems: [String] = []
  }

  let settings: ScraperSettings
  var jobs: [JobState] = []
  var loops: [UInt32: TargetLoop] = [:]
  /// The streams of the requests under way, by their ids.
  var requests: [UInt64: UInt32] = [:]
  var due = DueQueue()
  /// Due, and kept waiting by the bound on concurrent scrapes; in order.
  var waiting: [UInt32] = []
  var freeStreams: [UInt32] = []
  var nextStream: UInt32
  var nextSerial: UInt64 = 1
  var nextRequest: UInt64 = 1
  /// Series remembered by all targets together.
  var seriesCount = 0
  public internal(set) var counters = ScrapeCounters()

  public init(_ settings: ScraperSettings) {
    self.settings = settings
    nextStream = settings.firstStream
  }

  /// Monotonic milliseconds of the next call of `step` that will do something; nothing where there are no targets.
  public var nextWake: Int64? {
    if !waiting.isEmpty, requests.count < settings.concurrentScrapesMax { return .min }
    return due.first?.due
  }

  /// Begins what is due.
  public mutating func step(now: Moment, table: inout SeriesTable) -> [ScrapeAction] {
    var actions: [ScrapeAction] = []
    let waitedBefore = waiting.count
    while let entry = due.next(now: now.monotonic) {
      // Of a target that is gone.
      guard let loop = loops[entry.stream], loop.serial == entry.serial else { continue }
      if loop.request != nil {
        counters.skipped += 1
        _ = loop.schedule.begin(now: now, toleranceMilliseconds: 0)
        due.insert(.init(due: loop.schedule.due, stream: loop.stream, serial: loop.serial))
      } else {
        loop.isWaiting = true
        waiting.append(loop.stream)
      }
    }
    var served = 0
    while served < waiting.count, requests.count < settings.concurrentScrapesMax {
      let loop = loops[waiting[served]]
      served += 1
      guard let loop, loop.isWaiting else { continue }
      loop.isWaiting = false
      actions.append(begin(loop, now: now, &table))
    }
    waiting.removeFirst(served)
    if waiting.count > waitedBefore {
      counters.limitHits[.concurrentScrapes, default: 0] += UInt64(waiting.count - waitedBefore)
    }
    return actions
  }

  /// Calls `visit` with every series that a later batch may name without interning it anew: what the table must not forget.
  public func markLive(_ visit: (SeriesReference) -> Void) {
    for loop in loops.values {
      loop.cache.forEachReference(visit)
      for reference in loop.reports { visit(reference) }
    }
  }

  /// Series remembered by all targets together, those included that relabeling drops.
  public var rememberedSeriesCount: Int { seriesCount }

  /// Bytes that the targets' caches hold; the series table's come on top.
  public var footprint: Int { loops.values.reduce(0) { $0 + $1.cache.footprint } }

  /// By job, in the model's order; targets in the discovery's.
  public var status: [JobStatus] {
    jobs.map { state in
      var status = JobStatus(name: state.job.name)
      status.targets = state.loops.map(\.status)
      status.droppedCount = state.droppedCount
      status.problems = state.problems
      return status
    }
  }

  private mutating func begin(_ loop: TargetLoop, now: Moment, _ table: inout SeriesTable) -> ScrapeAction {
    let timestamp = loop.schedule.begin(now: now, toleranceMilliseconds: settings.timestampToleranceMilliseconds)
    due.insert(.init(due: loop.schedule.due, stream: loop.stream, serial: loop.serial))
    if let refusal = loop.refusal {
      let failure = ScrapeFailure(reason: .limit, message: refusal)
      return .take(failed(loop, failure, started: now.monotonic, at: timestamp, now: now, &table))
    }
    let id = nextRequest
    nextRequest += 1
    requests[id] = loop.stream
    loop.request = (id, timestamp, now.monotonic)
    return .fetch(request(id, loop))
  }

  private func request(_ id: UInt64, _ loop: TargetLoop) -> ScrapeRequest {
    let job = loop.job
    let limit = job.limits.bodyByteCount
    return ScrapeRequest(
      id: id,
      url: loop.target.url,
      headers: [
        ("Accept", job.accept),
        ("User-Agent", settings.userAgent),
        ("X-Prometheus-Scrape-Timeout-Seconds", Self.seconds(loop.target.timeoutMilliseconds)),
      ],
      timeoutMilliseconds: loop.target.timeoutMilliseconds,
      bodyByteCountMax: limit > 0 ? min(limit, settings.bodyByteCountMax) : settings.bodyByteCountMax,
      acceptsGzip: job.acceptsGzip,
      authorization: job.authorization,
      tls: job.tls
    )
  }

  /// Decimals without trailing zeros.
  private static func seconds(_ milliseconds: Int64) -> String {
    if milliseconds % 1000 == 0 { return String(milliseconds / 1000) }
    var decimals = String(milliseconds % 1000 + 1000).dropFirst()
    while decimals.hasSuffix("0") { decimals.removeLast() }
    return "\(milliseconds / 1000).\(decimals)"
  }
}
