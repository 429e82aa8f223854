/// Keeps a log readable while the same thing goes wrong again and again.
///
/// Lines are the same when level, component, message and the fields in `keys` are: one destination's failure doesn't hide another's.
/// The first passes; the others of the same kind are counted, and once a period the last of them is written, with their number in
/// the field `repeated`.
public struct LogLimiter: Sendable {
  private struct Kind: Hashable {
    let level: LogLine.Level
    let component: LogLine.Component
    let message: String
    let key: [LogLine.Field]
  }

  private struct Repeats {
    var count: UInt64
    var periodEnd: Int64
    var last: LogLine
  }

  /// Milliseconds during which repeats are held back.
  public let period: Int64
  /// Kinds that are remembered. One more, and the one that has been for longest is summed up and forgotten.
  public let kindCountMax: Int
  /// Names of fields that tell one thing from another.
  private let keys: Set<String>
  private var kinds: [Kind: Repeats] = [:] { didSet { nextWake = kinds.values.lazy.map(\.periodEnd).min() } }

  public init(period: Int64 = 60_000, kindCountMax: Int = 256, keys: Set<String> = ["remote_name", "job"]) {
    self.period = period
    self.kindCountMax = kindCountMax
    self.keys = keys
  }

  /// When `wake` has something to do; nothing while no kind is remembered. Monotonic milliseconds.
  public private(set) var nextWake: Int64?

  /// Takes a line.
  /// - Returns: what is to be written now.
  public mutating func admit(_ line: LogLine, now: Moment) -> [LogLine] {
    var output = wake(now: now)
    let kind = Kind(
      level: line.level,
      component: line.component,
      message: line.message,
      key: line.fields.filter { keys.contains($0.name) }
    )
    if kinds[kind] != nil {
      kinds[kind]?.count += 1
      kinds[kind]?.last = line
    } else {
      if kinds.count >= kindCountMax { output += forgetOldest() }
      kinds[kind] = Repeats(count: 0, periodEnd: now.monotonic + period, last: line)
      output.append(line)
    }
    return output
  }

  /// Ends the periods that are over. A kind that was repeated is held back for another period; one that was not is forgotten.
  public mutating func wake(now: Moment) -> [LogLine] {
    guard let earliest = nextWake, earliest <= now.monotonic else { return [] }
    let ended = kinds.filter { $0.value.periodEnd <= now.monotonic }
    for (kind, repeats) in ended {
      kinds[kind] =
        repeats.count == 0 ? nil : Repeats(count: 0, periodEnd: now.monotonic + period, last: repeats.last)
    }
    return Self.summaries(ended.values)
  }

  /// What is still held back, for the end of the program.
  public mutating func finish() -> [LogLine] {
    defer { kinds = [:] }
    return Self.summaries(kinds.values)
  }

  private mutating func forgetOldest() -> [LogLine] {
    guard let oldest = kinds.min(by: { ($0.value.periodEnd, $0.key.message) < ($1.value.periodEnd, $1.key.message) })
    else { return [] }
    kinds[oldest.key] = nil
    return Self.summaries([oldest.value])
  }

  /// In the order of their periods, so that the same events make the same log.
  private static func summaries(_ repeats: some Sequence<Repeats>) -> [LogLine] {
    repeats.filter { $0.count > 0 }.sorted {
      ($0.periodEnd, $0.last.written(time: 0)) < ($1.periodEnd, $1.last.written(time: 0))
    }.map { repeats in
      LogLine(
        repeats.last.level,
        repeats.last.component,
        repeats.last.message,
        repeats.last.fields + [LogLine.Field("repeated", String(repeats.count))]
      )
    }
  }
}
