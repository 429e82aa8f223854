import Model

/// Prometheus in agent mode alone (`collector: prometheus-only`), as far as an outage goes. Not its code, but its rules, a second at
/// a time:
///
/// - what is scraped goes to the write-ahead log, and from there, as long as there is room, into the shards' memory;
/// - each truncation begins a new segment and deletes the older two thirds of the others, sent or not (`tsdb/agent/db.go`, `truncate`);
/// - a reader whose segment is gone, or that begins after a restart, sends only what is scraped from then on (`wlog/watcher.go`);
/// - a failed request is tried again after a backoff that doubles, without jitter; a refused one is dropped; the backlog goes before
///   what is fresh (`storage/remote/queue_manager.go`).
///
/// All samples of a node are alike, so a count of seconds stands for them.
public struct PrometheusAgent: Sendable {
  /// What a request meets.
  public enum Reception: Hashable, Sendable {
    case taken
    /// It is tried again.
    case failed
    /// It isn't.
    case refused
  }

  /// Why samples never arrived, in seconds of samples.
  public struct Losses: Hashable, Sendable {
    /// Their segment was deleted before they were read.
    public var byCuts = 0
    /// They were in the log or in memory when the process ended.
    public var byRestarts = 0
    /// The receiver refused them.
    public var byRefusals = 0
    /// Nobody scraped: the process wasn't there.
    public var whileDown = 0

    public var total: Int { byCuts + byRestarts + byRefusals + whileDown }
  }

  public let settings: PrometheusSettings
  public private(set) var losses = Losses()
  /// What arrived: how many seconds of samples, and when.
  public private(set) var arrivals: [(second: Int, count: Int)] = []
  /// One past the newest second of samples that arrived.
  public private(set) var newest = 0
  public private(set) var peakLogBytes: Double = 0
  private var log: PrometheusLog
  /// What the shards hold, oldest first, in seconds of samples.
  private var memory: [Range<Int>] = []
  /// The first second that the reader hasn't read; while it looks for its place, when it goes on.
  private var read = 0
  private var readerReturns: Int?
  private var backoff: Double
  private var nextTry = 0.0
  private var nextTruncation: Int
  private var isDown = false
  /// Seconds of samples that may be sent and were not yet.
  private var credit = 0.0

  /// Before a reader that failed begins again (`wlog/watcher.go`), in seconds.
  private static let readerPause = 5

  /// - Parameter truncationOffset: seconds from the beginning to the first truncation.
  public init(_ settings: PrometheusSettings, truncationOffset: Int) {
    self.settings = settings
    log = PrometheusLog(settings)
    backoff = settings.minBackoffSeconds
    nextTruncation = truncationOffset
  }

  /// Seconds of samples that wait.
  public func queued(_ now: Int) -> Int { held + max(now - read, 0) }

  public func logBytes(_ now: Int) -> Double { log.byteCount(now) }

  /// Whether everything from before that second has arrived or is lost.
  public func isDone(before second: Int) -> Bool { read >= second && (memory.first?.lowerBound ?? second) >= second }

  private var held: Int { memory.reduce(0) { $0 + $1.count } }

  /// The process isn't there in this second. What it had not delivered is never sent again.
  public mutating func stayDown(_ second: Int) {
    if !isDown { losses.byRestarts += held + max(second - read, 0) }
    isDown = true
    losses.whileDown += 1
    memory = []
    read = second + 1
    readerReturns = nil
    nextTry = Double(second + 1)
    backoff = settings.minBackoffSeconds
    nextTruncation = second + 1 + settings.truncationSeconds
  }

  /// - Parameters:
  ///   - rate: samples a second that it may send now.
  ///   - oldest: the first second of which samples are taken; what is older is refused.
  /// - Returns: seconds of samples that it sent.
  @discardableResult
  public mutating func step(_ second: Int, _ reception: Reception, rate: Double, oldest: Int = .min) -> Int {
    if isDown { log.startSegment(second) }
    isDown = false
    let now = second + 1
    if second >= nextTruncation {
      log.truncate(second)
      nextTruncation += settings.truncationSeconds
    }
    log.append(now)
    peakLogBytes = max(peakLogBytes, log.byteCount(now))
    readLog(now)
    guard Double(now) >= nextTry else { return 0 }
    guard reception != .failed else {
      nextTry = Double(now) + backoff
      backoff = min(backoff * 2, settings.maxBackoffSeconds)
      return 0
    }
    backoff = settings.minBackoffSeconds
    return send(now, isRefused: reception == .refused, rate, oldest)
  }

  private mutating func readLog(_ now: Int) {
    let room = max(Int(settings.memorySamples / settings.samplesPerSecond), 1)
    let held = held
    guard held < room, read < now else { return }
    if read < log.first {
      // Its segment is gone: it begins again after a while, for what is scraped from then on.
      let time = readerReturns ?? now + Self.readerPause
      readerReturns = time
      if now >= time {
        losses.byCuts += now - read
        read = now
        readerReturns = nil
      }
    } else {
      let upTo = min(now, read + room - held)
      memory.append(read..<upTo)
      read = upTo
    }
  }

  private mutating func send(_ now: Int, isRefused: Bool, _ rate: Double, _ oldest: Int) -> Int {
    credit = min(credit + rate / settings.samplesPerSecond, max(rate / settings.samplesPerSecond, 1))
    var sent = 0
    var arrived = 0
    while sent < Int(credit), let first = memory.first {
      let count = min(Int(credit) - sent, first.count)
      let end = first.lowerBound + count
      let refused = isRefused ? count : min(max(oldest, first.lowerBound), end) - first.lowerBound
      losses.byRefusals += refused
      arrived += count - refused
      if refused < count { newest = max(newest, end) }
      sent += count
      if count == first.count { memory.removeFirst() } else { memory[0] = end..<first.upperBound }
    }
    credit -= Double(sent)
    if arrived > 0 { arrivals.append((second: now, count: arrived)) }
    return sent
  }
}
