/// When a target is due: at the same place in each interval, which its labels and the node decide.
struct ScrapeSchedule {
  let intervalMilliseconds: Int64
  /// Below the interval; where in it.
  let offset: Int64
  /// Monotonic, for the timer.
  private(set) var due: Int64
  /// The same moment by the wall clock.
  private var dueWall: Int64

  init(intervalMilliseconds: Int64, offset: Int64, now: Moment) {
    self.intervalMilliseconds = intervalMilliseconds
    self.offset = offset
    dueWall = Self.first(from: now.wall, offset, intervalMilliseconds)
    due = now.monotonic + dueWall - now.wall
  }

  /// The place in the interval for a target on a node.
  static func offset(of target: ScrapeTarget, seed: UInt64) -> Int64 {
    // FNV-1a, spread out afterwards: what differs in one byte shall be due at another time.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ bytes: some Sequence<UInt8>) {
      for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      hash = (hash ^ 0xff) &* 0x100_0000_01b3
    }
    for label in target.labels {
      add(label.name)
      add(label.value)
    }
    add(target.url.utf8)
    var generator = SeededGenerator(seed: hash ^ seed)
    return Int64(generator.next() % UInt64(target.intervalMilliseconds))
  }

  /// Moves on to the next time.
  ///
  /// However late it is, by load or because the machine slept, there is one scrape and then the next place in the interval. Where the
  /// wall clock was set, that follows it.
  /// - Returns: the timestamp of the scrape that begins now: the moment it was due, where it is that within the tolerance.
  mutating func begin(now: Moment, toleranceMilliseconds: Int64) -> Int64 {
    let tolerance = min(toleranceMilliseconds, intervalMilliseconds / 100)
    let timestamp = abs(now.wall - dueWall) <= tolerance ? dueWall : now.wall
    // A timer may be a little early by the wall clock: the moment that this scrape was for isn't the next one.
    dueWall = Self.first(from: now.wall + intervalMilliseconds / 10 + 1, offset, intervalMilliseconds)
    due = now.monotonic + dueWall - now.wall
    return timestamp
  }

  private static func first(from wall: Int64, _ offset: Int64, _ interval: Int64) -> Int64 {
    let place = (wall - offset) % interval
    return place == 0 ? wall : wall - place + (place > 0 ? interval : 0)
  }
}
