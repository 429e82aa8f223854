import Glibc

/// Holds a stream of samples to a rate.
struct Pace {
  private let samplesPerSecond: Int?
  private var sent = 0
  private var start: Int64?

  init(samplesPerSecond: Int?) { self.samplesPerSecond = samplesPerSecond }

  /// Waits until so many more may go.
  mutating func wait(for count: Int) {
    guard let samplesPerSecond else { return }
    let now = Self.now()
    let begin = start ?? now
    start = begin
    let due = begin + Int64(Double(sent) / Double(samplesPerSecond) * 1000)
    if due > now { Self.sleep(milliseconds: Int(due - now)) }
    sent += count
  }

  /// Milliseconds of the monotonic clock.
  static func now() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  static func sleep(milliseconds: Int) {
    var rest = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
    var left = timespec()
    while unsafe nanosleep(&rest, &left) != 0, errno == EINTR { rest = left }
  }
}

/// A line on a terminal's standard error, a few times a second.
struct ReplayProgress {
  private static let intervalMilliseconds: Int64 = 200
  private let isShown = StandardStream.error.isTerminal
  private var last: Int64 = 0
  private var isOpen = false

  mutating func show(_ outcome: Replay.Outcome) {
    guard isShown, Pace.now() - last >= Self.intervalMilliseconds else { return }
    last = Pace.now()
    isOpen = true
    StandardStream.error.tell(
      "\r\(outcome.delivered) samples delivered, \(outcome.rejected) refused, \(outcome.retries) retries"
    )
  }

  mutating func end() {
    if isOpen { StandardStream.error.tell("\n") }
    isOpen = false
  }
}
