public import Agent
import Glibc
import Synchronization

/// The log of a program, a line each on standard error. What repeats is written once a minute.
///
/// From any thread. A log that nobody takes any more is no reason to stop.
public final class RuntimeLog: Sendable {
  private let limiter = Mutex(LogLimiter())

  public init() {}

  public func callAsFunction(
    _ level: LogLine.Level,
    _ component: LogLine.Component,
    _ message: String,
    _ fields: [LogLine.Field] = []
  ) {
    self(LogLine(level, component, message, fields))
  }

  public func callAsFunction(_ line: LogLine) {
    let now = MachineClock.read()
    write(limiter.withLock { $0.admit(line, now: now) }, now)
  }

  /// Writes what was held back as a repeat and is due. Says when to come again, in monotonic milliseconds.
  public func wake(_ now: Moment) -> Int64? {
    let (lines, next) = limiter.withLock { ($0.wake(now: now), $0.nextWake) }
    write(lines, now)
    return next
  }

  /// Writes all that was held back.
  public func finish() {
    let now = MachineClock.read()
    write(limiter.withLock { $0.finish() }, now)
  }

  private func write(_ lines: [LogLine], _ now: Moment) {
    for line in lines { writeAll(Array(line.written(time: now.wall).utf8), to: STDERR_FILENO) }
  }
}
