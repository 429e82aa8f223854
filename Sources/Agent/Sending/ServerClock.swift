/// The receiver's clock, by the Date headers of its answers: what a wrong clock of this machine is told by.
struct ServerClock {
  /// The receiver's time less our monotonic clock, which no setting of clocks changes.
  private var offset: Int64?
  private(set) var heardAt: Int64 = 0

  mutating func hear(_ date: String, now: Moment) {
    guard let time = HTTPDate.milliseconds(date) else { return }
    // A date is cut to whole seconds, and was written before it arrived.
    offset = time + 999 - now.monotonic
    heardAt = now.monotonic
  }

  /// Milliseconds since 1970 by the receiver, if it ever said.
  func time(now: Moment) -> Int64? { offset.map { now.monotonic + $0 } }

  /// Our clock less the receiver's, in milliseconds.
  func difference(now: Moment) -> Int64? { time(now: now).map { now.wall - $0 } }
}

/// Which timestamps may be sent now.
struct TimestampLimits {
  /// Beyond this by our own clock: no waiting makes it right, so it is set aside.
  let refusedAbove: Int64
  /// Beyond this by the receiver's clock, too: ours is ahead, or the receiver's behind, and until they agree it waits.
  let heldAbove: Int64

  init(futureMax: Int64, server: ServerClock, now: Moment) {
    refusedAbove = now.wall + futureMax
    heldAbove = min(refusedAbove, (server.time(now: now) ?? now.wall) + futureMax)
  }
}
