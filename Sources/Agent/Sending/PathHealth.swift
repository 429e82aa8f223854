/// Whether requests get through, and when the next may try (reliability rows N1 to N8: one request tries under backoff, the others wait).
public struct PathHealth: Sendable {
  /// What stands in the way.
  public enum Trouble: String, Sendable {
    /// No answer.
    case transport
    /// 5xx, 408.
    case server
    /// 429, or 503 with the wish to be left alone for a while.
    case overload
    /// 401, 403, 404, 3xx and their like: a matter of configuration. The data is kept.
    case refusedAccess
  }

  public private(set) var trouble: Trouble?
  public private(set) var consecutiveFailures = 0
  public private(set) var lastSuccess: Moment?
  public private(set) var lastError: (text: String, at: Moment)?
  /// When the next request may try, while there is trouble. Monotonic.
  private(set) var nextTry: Int64 = 0
  /// When the next cheap connection is due.
  private(set) var nextPathProbe: Int64?
  private var attempt = 0
  /// Connections that worked and requests that then failed all the same.
  private var futileProbes = 0
  private var isShortcut = false

  private static let futileProbesMax = 2

  var isClear: Bool { trouble == nil }

  mutating func succeeded(_ now: Moment) {
    trouble = nil
    consecutiveFailures = 0
    attempt = 0
    futileProbes = 0
    isShortcut = false
    nextPathProbe = nil
    lastSuccess = now
  }

  mutating func noteError(_ text: String, _ now: Moment) { lastError = (text, now) }

  /// A failure that may be of this request alone.
  mutating func countFailure() { consecutiveFailures += 1 }

  /// - Parameters:
  ///   - isProbe: whether the request was the one that tried for all.
  ///   - retryAfter: what the receiver asked for, bounded.
  mutating func failed(
    _ kind: Trouble,
    isProbe: Bool,
    retryAfter: Int64?,
    _ configuration: SenderConfiguration,
    _ now: Moment,
    using generator: inout SeededGenerator
  ) {
    let isFirst = trouble == nil
    trouble = kind
    if isProbe, isShortcut { futileProbes += 1 }
    isShortcut = false
    if isFirst { attempt = 0 } else if isProbe { attempt += 1 }
    if isFirst || isProbe {
      nextTry = now.monotonic + configuration.backoff.delay(attempt, using: &generator)
    }
    if let retryAfter {
      // What is asked for, and a little more, that not all come at that moment.
      let wait = retryAfter + configuration.backoff.delay(0, using: &generator)
      nextTry = max(nextTry, now.monotonic + wait)
    }
    if kind != .transport {
      nextPathProbe = nil
    } else if nextPathProbe == nil {
      schedulePathProbe(configuration, now, using: &generator)
    }
  }

  /// Whether a cheap connection is due now; the next one is planned then.
  mutating func takePathProbe(
    _ configuration: SenderConfiguration,
    _ now: Moment,
    using generator: inout SeededGenerator
  ) -> Bool {
    guard let due = nextPathProbe, now.monotonic >= due else { return false }
    schedulePathProbe(configuration, now, using: &generator)
    return true
  }

  private mutating func schedulePathProbe(
    _ configuration: SenderConfiguration,
    _ now: Moment,
    using generator: inout SeededGenerator
  ) {
    let period = max(1000, configuration.scrapeInterval / 2)
    nextPathProbe = now.monotonic + Int64.random(in: period * 3 / 4...period, using: &generator)
  }

  /// A connection worked. The waiting request needs to wait no longer, unless connections have misled before.
  mutating func connectionWorked(_ now: Moment) {
    guard trouble == .transport, futileProbes < Self.futileProbesMax, now.monotonic < nextTry else { return }
    nextTry = now.monotonic
    isShortcut = true
  }
}
