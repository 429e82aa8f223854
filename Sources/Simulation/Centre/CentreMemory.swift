/// Which samples of one node the centre has: for each moment a set of series, as bits.
struct CentreMemory {
  private var places: [Int64: Int] = [:]
  /// Of the sample stored last: the next is mostly of the same moment.
  private var latest = (timestamp: Int64.min, place: 0)
  private var sets: [UInt64] = []
  /// Of each moment, what it had and has forgotten.
  private var forgotten: [UInt64] = []
  private var receivedAt: [Int64] = []
  private(set) var timestamps: [Int64] = []
  /// Newest timestamp of each series, in milliseconds since 1970.
  private var newest = [Int64](repeating: .min, count: 64)
  /// Samples that came when they were there already.
  private(set) var duplicates: UInt64 = 0
  /// Samples that it had, has forgotten, and lacks still.
  private(set) var lacking: UInt64 = 0
  /// Samples that it had forgotten and was given again.
  private(set) var refilled: UInt64 = 0
  /// Of each moment, series whose sample was refused for its own sake.
  private var condemned: [Int64: UInt64] = [:]
  /// Places of moments, by the hour they are in: what a query looks through.
  private var hours: [Int64: [Int]] = [:]

  func has(_ series: Int, _ timestamp: Int64) -> Bool {
    places[timestamp].map { sets[$0] & 1 << UInt64(series) != 0 } ?? false
  }

  /// The series of that moment.
  func series(at timestamp: Int64) -> UInt64 { places[timestamp].map { sets[$0] } ?? 0 }

  /// Of that moment, what it had, has forgotten and was never given again.
  func forgotten(at timestamp: Int64) -> UInt64 { places[timestamp].map { forgotten[$0] & ~sets[$0] } ?? 0 }

  func newest(_ series: Int) -> Int64 { newest[series] }

  var sampleCount: UInt64 { sets.reduce(0) { $0 + UInt64($1.nonzeroBitCount) } }

  mutating func store(_ series: Int, _ timestamp: Int64, now: Int64) {
    let bit = 1 << UInt64(series) as UInt64
    newest[series] = max(newest[series], timestamp)
    guard let place = latest.timestamp == timestamp ? latest.place : places[timestamp] else {
      places[timestamp] = sets.count
      latest = (timestamp, sets.count)
      hours[timestamp / Self.hour, default: []].append(sets.count)
      sets.append(bit)
      forgotten.append(0)
      receivedAt.append(now)
      timestamps.append(timestamp)
      return
    }
    latest = (timestamp, place)
    if sets[place] & bit != 0 {
      duplicates += 1
    } else if forgotten[place] & bit != 0 {
      lacking -= 1
      refilled += 1
    }
    sets[place] |= bit
    receivedAt[place] = now
  }

  /// The sample was refused for its own sake: it was too old, or what is wrong with it is wrong for ever.
  mutating func condemn(_ series: Int, _ timestamp: Int64) { condemned[timestamp, default: 0] |= 1 << UInt64(series) }

  func condemned(at timestamp: Int64) -> UInt64 { condemned[timestamp] ?? 0 }

  /// Loses what came since then.
  mutating func forget(since time: Int64) {
    for place in sets.indices where receivedAt[place] >= time {
      lacking += UInt64(sets[place].nonzeroBitCount)
      forgotten[place] |= sets[place]
      sets[place] = 0
    }
    newest = [Int64](repeating: .min, count: 64)
    for place in sets.indices {
      for series in 0..<64 where sets[place] & 1 << UInt64(series) != 0 {
        newest[series] = max(newest[series], timestamps[place])
      }
    }
  }

  private static let hour: Int64 = 3_600_000

  /// `count_over_time` of some series at each step of a query.
  func counts(_ series: [Int], _ query: CentreQuery) -> SeriesCounts {
    var counts = SeriesCounts(series, stepCount: Int((query.end - query.start) / query.step) + 1)
    let first = query.start - query.window
    for hour in first / Self.hour...query.end / Self.hour {
      for place in hours[hour] ?? [] where sets[place] & counts.mask != 0 {
        let timestamp = timestamps[place]
        guard timestamp > first, timestamp <= query.end else { continue }
        // The first step that isn't before it; no window is longer than a step.
        let step = max((timestamp - query.start + query.step - 1) / query.step, 0)
        let time = query.start + step * query.step
        if time <= query.end, timestamp > time - query.window { counts.add(sets[place], step: Int(step)) }
      }
    }
    return counts
  }
}
