/// Which samples of one node the centre has: for each moment a set of series, as bits.
struct CentreMemory {
  private var places: [Int64: Int] = [:]
  private var sets: [UInt64] = []
  /// Of each moment, what it had and has forgotten.
  private var forgotten: [UInt64] = []
  private var receivedAt: [Int64] = []
  private(set) var timestamps: [Int64] = []
  /// Newest timestamp of each series, in milliseconds since 1970.
  private var newest = [Int64](repeating: .min, count: 64)
  /// Samples that came when they were there already.
  private(set) var duplicates: UInt64 = 0

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
    guard let place = places[timestamp] else {
      places[timestamp] = sets.count
      sets.append(bit)
      forgotten.append(0)
      receivedAt.append(now)
      timestamps.append(timestamp)
      return
    }
    if sets[place] & bit != 0 { duplicates += 1 }
    sets[place] |= bit
    receivedAt[place] = now
  }

  /// Loses what came since then.
  mutating func forget(since time: Int64) {
    for place in sets.indices where receivedAt[place] >= time {
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
}
