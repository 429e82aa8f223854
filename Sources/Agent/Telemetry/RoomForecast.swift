/// How long the disk takes in what comes before the oldest unsent sample goes, if nothing were sent from now on and as much came in as in the
/// last minute.
public enum RoomForecast: Hashable, Sendable {
  /// Nothing comes in, or nothing is known of its size yet.
  case unknown
  case after(milliseconds: Int64, end: End)

  /// What makes samples go.
  public enum End: Hashable, Sendable {
    /// The disk's share is full.
    case disk
    /// The samples are too old for any receiver.
    case age
  }

  public init(_ queue: QueueSnapshot, _ spool: SpoolSnapshot, now: Moment) {
    guard spool.sampleCount > 0, queue.takenPerSecond > 0 else {
      self = .unknown
      return
    }
    let bytesPerSecond = Double(spool.diskBytes) / Double(spool.sampleCount) * queue.takenPerSecond
    let free = Double(spool.limitBytes) - Double(queue.unsentBytes)
    let untilFull = max(0, free / bytesPerSecond * 1000)
    var room = untilFull < 1e18 ? Int64(untilFull) : Int64.max
    var end = End.disk
    if let ageMax = spool.ageMax {
      let age = queue.oldestUnsent.map { Self.age($0, now, ageMax) } ?? 0
      if ageMax - age < room { (room, end) = (ageMax - age, .age) }
    }
    self = .after(milliseconds: room, end: end)
  }

  /// Timestamps come from outside: any 64 bits.
  private static func age(_ time: Int64, _ now: Moment, _ ageMax: Int64) -> Int64 {
    let (age, overflow) = now.wall.subtractingReportingOverflow(time)
    if overflow { return time < 0 ? ageMax : 0 }
    return min(max(0, age), ageMax)
  }
}
