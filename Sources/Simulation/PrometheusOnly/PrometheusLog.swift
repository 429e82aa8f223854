/// Prometheus agent's write-ahead log: where its segments begin, in seconds.
struct PrometheusLog: Sendable {
  private let settings: PrometheusSettings
  private var starts = [0]

  init(_ settings: PrometheusSettings) { self.settings = settings }

  /// The oldest second in it.
  var first: Int { starts[0] }

  func byteCount(_ now: Int) -> Double {
    Double(now - first) * settings.samplesPerSecond * settings.logBytesPerSample
  }

  mutating func append(_ now: Int) {
    let held = Double(now - starts[starts.count - 1]) * settings.samplesPerSecond * settings.logBytesPerSample
    if held >= settings.segmentBytes { starts.append(now) }
  }

  /// As a start of the process does.
  mutating func startSegment(_ now: Int) { starts.append(now) }

  /// The newest segment is closed and left alone; of the others the older two thirds go (`tsdb/agent/db.go`, `truncate`).
  mutating func truncate(_ now: Int) {
    let last = starts.count - 2
    starts.append(now)
    let cut = last * 2 / 3
    if cut > 0 { starts.removeFirst(cut + 1) }
  }
}
