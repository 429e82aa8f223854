import Samples

/// How far a destination is, and what became of every sample on the way (docs/formats/spool.md, 6 and 7).
struct Cursor: Equatable {
  /// Settled records beyond `done`.
  struct Settled: Equatable {
    var first: UInt64
    var end: UInt64
    var samplesBefore: UInt64
    var samplesEnd: UInt64
  }

  static let rangeCountMax = 64
  static let reasonCountMax = 48
  static let reasonByteCountMax = 32

  var base: UInt64
  var done: UInt64
  var samplesBeforeDone: UInt64
  var delivered: UInt64 = 0
  var droppedOutside: UInt64 = 0
  var beyond: [Settled] = []
  var rejected: [String: UInt64] = [:]
  var dropped: [String: UInt64] = [:]

  init(startingAt sequence: UInt64, samplesBefore: UInt64) {
    base = samplesBefore
    done = sequence
    samplesBeforeDone = samplesBefore
  }

  var settledSamples: UInt64 { beyond.reduce(samplesBeforeDone - base) { $0 + $1.samplesEnd - $1.samplesBefore } }

  /// The first record that may still have to be sent from here on, and the one before which that holds.
  var highestSettled: (sequence: UInt64, samples: UInt64) {
    beyond.last.map { ($0.end, $0.samplesEnd) } ?? (done, samplesBeforeDone)
  }

  func isSettled(_ sequence: UInt64) -> Bool {
    sequence < done || beyond.contains { $0.first <= sequence && sequence < $0.end }
  }

  /// Samples: 140 years of a million a second. Sums of numbers within it don't overflow, whatever a file says under a checksum that holds.
  static let countMax: UInt64 = 1 << 52

  /// The books balance.
  var isConsistent: Bool {
    let counts =
      [samplesBeforeDone, droppedOutside, delivered] + rejected.values + dropped.values + beyond.map(\.samplesEnd)
    guard highestSettled.sequence <= RecordHeader.numberMax, counts.allSatisfy({ $0 <= Self.countMax }) else {
      return false
    }
    return settledSamples + droppedOutside == delivered + rejected.values.reduce(0, +) + dropped.values.reduce(0, +)
  }

  enum Settlement { case settled, notOpen, tooManyRanges }

  /// Marks records as settled, all or none.
  mutating func settle(_ range: Settled) -> Settlement {
    guard range.first >= done, range.first < range.end else { return .notOpen }
    let index = beyond.firstIndex { $0.first >= range.first } ?? beyond.count
    if index < beyond.count, beyond[index].first < range.end { return .notOpen }
    if index > 0, beyond[index - 1].end > range.first { return .notOpen }
    var merged = range
    var (lower, upper) = (index, index)
    if index < beyond.count, beyond[index].first == range.end {
      merged.end = beyond[index].end
      merged.samplesEnd = beyond[index].samplesEnd
      upper = index + 1
    }
    if index > 0, beyond[index - 1].end == range.first {
      merged.first = beyond[index - 1].first
      merged.samplesBefore = beyond[index - 1].samplesBefore
      lower = index - 1
    }
    if merged.first > done, lower == upper, beyond.count == Self.rangeCountMax { return .tooManyRanges }
    beyond.replaceSubrange(lower..<upper, with: [merged])
    absorb()
    return .settled
  }

  /// Drops what isn't settled below `sequence`, and says how many samples that were.
  mutating func drop(below sequence: UInt64, samplesBefore: UInt64, reason: String) -> UInt64 {
    guard sequence > done else { return 0 }
    var settled: UInt64 = 0
    while let range = beyond.first, range.first < sequence {
      let end = min(range.samplesEnd, samplesBefore)
      settled += end - range.samplesBefore
      if range.end <= sequence {
        beyond.removeFirst()
      } else {
        beyond[0].first = sequence
        beyond[0].samplesBefore = samplesBefore
      }
    }
    let lost = samplesBefore - samplesBeforeDone - settled
    if lost > 0 { dropped[reason, default: 0] += lost }
    done = sequence
    samplesBeforeDone = samplesBefore
    absorb()
    return lost
  }

  private mutating func absorb() {
    while let range = beyond.first, range.first == done {
      done = range.end
      samplesBeforeDone = range.samplesEnd
      beyond.removeFirst()
    }
  }
}
