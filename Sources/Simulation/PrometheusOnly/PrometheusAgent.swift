package import Model

/// Prometheus in agent mode alone (`collector: prometheus-only`), as far as an outage goes. Not its code, but its rules:
///
/// - what is scraped goes to the write-ahead log, and from there, as long as there is room, into the shards' memory;
/// - each truncation begins a new segment and deletes the older two thirds of the others, sent or not (`tsdb/agent/db.go`, `truncate`);
/// - a reader whose segment is gone, or that begins after a restart, sends only what is scraped from then on (`wlog/watcher.go`);
/// - a failed request is tried again after a backoff that doubles, without jitter; the backlog goes before what is fresh.
///
/// In steps of a second. All samples of a node are alike, so a count of seconds stands for them.
package struct PrometheusAgent: Sendable {
  /// What it runs with.
  package struct Settings: Hashable, Sendable {
    package var samplesPerSecond: Double
    /// Between truncations.
    package var truncationSeconds: Int
    package var walBytesPerSample = 22.0
    package var segmentBytes = 134_217_728.0
    /// Samples that the shards hold: capacity, a batch under way and one that fills.
    package var memorySamples: Double
    package var minBackoffSeconds: Double
    package var maxBackoffSeconds: Double
    /// Samples a second that it sends at most.
    package var sendRate: Double

    package init(samplesPerSecond: Double, truncationSeconds: Int, memorySamples: Double) {
      self.samplesPerSecond = samplesPerSecond
      self.truncationSeconds = truncationSeconds
      self.memorySamples = memorySamples
      minBackoffSeconds = 1
      maxBackoffSeconds = 30
      sendRate = 100_000
    }

    /// As the model would have it.
    package init(_ model: Configuration) {
      let capacity = model[Model.Settings.queueCapacity] + 2 * model[Model.Settings.maxSamplesPerSend]
      self.init(
        samplesPerSecond: model.samplesPerSecond,
        truncationSeconds: model.truncationSeconds,
        memorySamples: Double(capacity * model[Model.Settings.maxShards])
      )
      minBackoffSeconds = model[Model.Settings.initialBackoff].seconds
      maxBackoffSeconds = model[Model.Settings.maxBackoff].seconds
    }
  }

  /// What an outage did.
  package struct Outcome: Hashable, Sendable {
    /// Seconds of samples that never arrived.
    package var lostSeconds: Double = 0
    /// Seconds from the end of the outage until what arrives is fresh.
    package var freshSeconds: Double?
    package var peakWalBytes: Double = 0
  }

  /// An outage.
  /// - Parameters:
  ///   - outage: seconds from the beginning, of which all is well before the first.
  ///   - restart: when it is killed, and when it scrapes again; nothing where it isn't.
  ///   - truncationOffset: seconds from the beginning to the first truncation.
  package static func outcome(
    _ settings: Settings,
    outage: Range<Int>,
    restart: Range<Int>? = nil,
    truncationOffset: Int
  ) -> Outcome {
    var outcome = Outcome()
    var log = Log(settings)
    /// What the shards hold, oldest first, and what arrived; in seconds of samples.
    var memory: [Range<Int>] = []
    var delivered = 0
    var newest = 0
    /// The first second that the reader hasn't read; while it looks for its place, when it goes on.
    var read = 0
    var readerReturns: Int?
    var backoff = settings.minBackoffSeconds
    var nextTry = 0.0
    let room = max(Int(settings.memorySamples / settings.samplesPerSecond), 1)
    let sendSeconds = max(Int(settings.sendRate / settings.samplesPerSecond), 1)
    let end = outage.upperBound + 2 * outage.count + Int(settings.maxBackoffSeconds) + 600
    for second in 0..<end {
      if let restart, restart.contains(second) {
        // What it had not delivered is never sent again.
        memory = []
        read = restart.upperBound
        nextTry = Double(restart.upperBound)
        backoff = settings.minBackoffSeconds
        continue
      }
      let now = second + 1
      if second >= truncationOffset, (second - truncationOffset) % settings.truncationSeconds == 0 {
        log.truncate(second)
      }
      log.append(now)
      outcome.peakWalBytes = max(outcome.peakWalBytes, log.byteCount(now))
      let held = memory.reduce(0) { $0 + $1.count }
      if held < room, read < now {
        if read < log.first {
          // Its segment is gone: it begins again after a while, for what is scraped from then on.
          let time = readerReturns ?? now + Self.readerPause
          readerReturns = time
          if now >= time {
            read = now
            readerReturns = nil
          }
        } else {
          let upTo = min(now, read + room - held)
          memory.append(read..<upTo)
          read = upTo
        }
      }
      guard Double(now) >= nextTry else { continue }
      if outage.contains(second) {
        nextTry = Double(now) + backoff
        backoff = min(backoff * 2, settings.maxBackoffSeconds)
      } else {
        backoff = settings.minBackoffSeconds
        var rest = sendSeconds
        while rest > 0, let first = memory.first {
          let count = min(rest, first.count)
          delivered += count
          newest = first.lowerBound + count
          rest -= count
          if count == first.count { memory.removeFirst() } else { memory[0] = newest..<first.upperBound }
        }
      }
      if second >= outage.upperBound, outcome.freshSeconds == nil, now - newest <= Self.freshSeconds {
        outcome.freshSeconds = Double(now - outage.upperBound)
      }
    }
    let pending = memory.reduce(0) { $0 + $1.count }
    outcome.lostSeconds = Double(end - delivered - pending - max(end - read, 0))
    return outcome
  }

  /// The write-ahead log: where its segments begin, in seconds.
  private struct Log {
    private let settings: Settings
    private var starts = [0]

    init(_ settings: Settings) { self.settings = settings }

    /// The oldest second in it.
    var first: Int { starts[0] }

    func byteCount(_ now: Int) -> Double {
      Double(now - first) * settings.samplesPerSecond * settings.walBytesPerSample
    }

    mutating func append(_ now: Int) {
      let held = Double(now - starts[starts.count - 1]) * settings.samplesPerSecond * settings.walBytesPerSample
      if held >= settings.segmentBytes { starts.append(now) }
    }

    /// The newest segment is closed and left alone; of the others the older two thirds go.
    mutating func truncate(_ now: Int) {
      let last = starts.count - 2
      starts.append(now)
      let cut = last * 2 / 3
      if cut > 0 { starts.removeFirst(cut + 1) }
    }
  }

  /// Before a reader that failed begins again (`wlog/watcher.go`).
  private static let readerPause = 5
  private static let freshSeconds = 16

  /// How long an outage may last, at worst and in seconds, before it loses anything: wherever in a period of truncation it begins.
  package static func guaranteedSeconds(_ settings: Settings) -> Double {
    var low = 0
    var high = 12 * settings.truncationSeconds
    let step = max(settings.truncationSeconds / 24, 1)
    while high - low > step {
      let middle = (low + high) / 2
      let loses = stride(from: 0, to: settings.truncationSeconds, by: step).contains { offset in
        let start = 6 * settings.truncationSeconds
        return outcome(settings, outage: start..<start + middle, truncationOffset: offset + 1).lostSeconds > 0
      }
      if loses { high = middle } else { low = middle }
    }
    return Double(low)
  }
}
