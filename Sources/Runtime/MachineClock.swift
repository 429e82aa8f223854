public import Agent
import Glibc

/// The machine's clocks.
public enum MachineClock {
  public static func read() -> Moment {
    Moment(monotonic: milliseconds(CLOCK_MONOTONIC), wall: milliseconds(CLOCK_REALTIME))
  }

  private static func milliseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    guard unsafe clock_gettime(clock, &time) == 0 else { preconditionFailure("BUG: no clock \(clock)") }
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
