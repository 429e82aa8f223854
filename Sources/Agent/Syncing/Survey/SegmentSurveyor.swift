import Samples
import Spool

/// Counts what one segment holds, and chooses the series that witness for the others.
///
/// Of any `spacing` samples that follow one another in a record at least one is of a witness, so a request of that many can't be
/// missing without a witness missing in it.
struct SegmentSurveyor {
  private enum Slot {
    static let unknown: Int32 = -1
    /// Can't be named in a query.
    static let unfit: Int32 = -2
  }

  private struct WitnessCount {
    let witness: Witness
    let stream: UInt32
    var counts = RangeCounts()
  }

  /// More of one segment aren't taken; what they would have witnessed for is counted.
  static let witnessCountMax = 256

  private let grid: TimeGrid
  private let spacing: Int
  private var slots: [Int32] = []
  private var witnesses: [WitnessCount] = []
  private var survey: SegmentSurvey

  init(_ segment: UInt64, _ grid: TimeGrid, spacing: Int) {
    self.grid = grid
    self.spacing = max(spacing, 1)
    survey = SegmentSurvey(segment)
  }

  mutating func add(_ record: borrowing DecodedRecord, _ dictionary: borrowing SegmentDictionary) {
    let count = record.series.count
    guard count > 0 else { return }
    let missing = dictionary.seriesCount - slots.count
    if missing > 0 { slots.append(contentsOf: repeatElement(Slot.unknown, count: missing)) }
    let stream = record.stream
    var sinceWitness = 0
    var hasWitness = false
    var range = grid.range(of: record.timestamps[0])
    var time = record.timestamps[0]
    var inRange = 0
    note(time)
    for index in 0..<count {
      if record.timestamps[index] != time {
        time = record.timestamps[index]
        note(time)
        let next = grid.range(of: time)
        if next != range {
          survey.streams[stream, default: StreamSurvey()].samples.add(inRange, to: range)
          (range, inRange) = (next, 0)
        }
      }
      inRange += 1
      sinceWitness += 1
      let series = Int(record.series[index])
      let isLast = index + 1 == count
      if slots[series] == Slot.unknown, sinceWitness >= spacing || isLast && !hasWitness {
        choose(series, stream, dictionary)
      }
      guard slots[series] >= 0 else {
        // A series that can't witness is followed by one that may.
        if isLast, !hasWitness || sinceWitness > spacing { survey.unwitnessed += UInt64(sinceWitness) }
        continue
      }
      sinceWitness = 0
      hasWitness = true
      if record.values[index] != staleMarkerBits { witnesses[Int(slots[series])].counts.add(1, to: range) }
    }
    survey.streams[stream, default: StreamSurvey()].samples.add(inRange, to: range)
  }

  private mutating func note(_ time: Int64) {
    survey.oldest = min(survey.oldest ?? .max, time)
    survey.newest = max(survey.newest ?? .min, time)
  }

  private mutating func choose(_ series: Int, _ stream: UInt32, _ dictionary: borrowing SegmentDictionary) {
    guard witnesses.count < Self.witnessCountMax, let witness = Witness(dictionary.labels(UInt32(series))) else {
      if witnesses.count < Self.witnessCountMax { slots[series] = Slot.unfit }
      return
    }
    slots[series] = Int32(witnesses.count)
    witnesses.append(WitnessCount(witness: witness, stream: stream))
  }

  consuming func finish() -> SegmentSurvey {
    var survey = survey
    for witness in witnesses where !witness.counts.isEmpty {
      survey.streams[witness.stream, default: StreamSurvey()].witnesses[witness.witness, default: RangeCounts()]
        .add(witness.counts)
    }
    for stream in survey.streams.keys { survey.streams[stream]?.sort() }
    return survey
  }
}
