/// The last minutes of one queue, a reading every so often: what rates and least values are taken from.
struct QueueHistory: Sendable {
  private var readings: [(time: Int64, reading: QueueReading)] = []

  /// - Parameters:
  ///   - now: monotonic.
  ///   - window: in milliseconds; what is older is forgotten, but for the last that is as old.
  mutating func add(_ reading: QueueReading, now: Int64, window: Int64) {
    readings.append((now, reading))
    while readings.count > 1, readings[1].time <= now - window { readings.removeFirst() }
  }

  /// By how much a counter has grown in the window. It begins with the first reading: what was counted before is no growth.
  func increase(_ counter: (QueueReading) -> UInt64) -> UInt64 {
    guard let first = readings.first, let last = readings.last else { return 0 }
    let (from, to) = (counter(first.reading), counter(last.reading))
    return to > from ? to - from : 0
  }

  /// Milliseconds between the first reading and the last.
  var length: Int64 { (readings.last?.time ?? 0) - (readings.first?.time ?? 0) }

  /// The least of the last five minutes, as the rules have it: what is there now and then only isn't waiting.
  func least(_ value: (QueueReading) -> UInt64) -> UInt64 {
    guard let last = readings.last else { return 0 }
    return readings.filter { $0.time >= last.time - 300_000 }.map { value($0.reading) }.min() ?? 0
  }
}
