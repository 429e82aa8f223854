/// The runs of series that recur in one segment's records, found by the series they begin with.
///
/// A run is remembered when a stretch of a record begins with the same series for the second time, and compressed when it comes
/// again: what comes once costs a look.
struct RecurringRuns: ~Copyable {
  /// Samples of a run, at most: enough that they repeat most of each other.
  private static let countMax = 500
  /// Fewer aren't worth it.
  static let countMin = 8
  /// Bytes of all runs together; further ones are not remembered.
  private let byteCountMax: Int

  /// By series: 0, or `seenOnce`, or the run that begins with it + `firstRun`.
  private var beginnings: [UInt32] = []
  private static let seenOnce: UInt32 = 1
  private static let firstRun: UInt32 = 2
  private var runs: [RecurringRun] = []
  private var byteCount = 0
  private var workshop = RunWorkshop()
  private var segment: SegmentDictionary.Identity?

  /// Half of a request, so that the end of a record before it doesn't make a request's end cut every run.
  private var countMax = RecurringRuns.countMax

  init(byteCountMax: Int) { self.byteCountMax = byteCountMax }

  /// Makes it fit requests of so many samples.
  mutating func fit(requestSampleCountMax: Int) {
    let count = min(max(requestSampleCountMax / 2, 1), Self.countMax)
    guard count != countMax else { return }
    countMax = count
    segment = nil
  }

  /// Makes it fit the segment of `dictionary`, whose numbers mean nothing in another.
  mutating func enter(_ dictionary: borrowing SegmentDictionary) {
    if segment !== dictionary.identity {
      segment = dictionary.identity
      beginnings.removeAll(keepingCapacity: true)
      runs.removeAll()
      byteCount = 0
    }
    if beginnings.count < dictionary.seriesCount {
      beginnings.append(contentsOf: repeatElement(0, count: dictionary.seriesCount - beginnings.count))
    }
  }

  @inline(__always)
  private func run(beginningWith series: UInt32) -> Int? {
    let beginning = beginnings[Int(series)]
    return beginning < Self.firstRun ? nil : Int(beginning - Self.firstRun)
  }

  /// How many samples from `start` on belong together: a run, or what lies before the next one.
  func extent(_ record: borrowing DecodedRecord, _ start: Int) -> Int {
    if let run = run(beginningWith: record.series[start]), start + runs[run].count <= record.series.count {
      return runs[run].count
    }
    return stretch(record, start..<record.series.count)
  }

  /// Samples of one timestamp, up to where a run begins.
  private func stretch(_ record: borrowing DecodedRecord, _ range: Range<Int>) -> Int {
    let end = min(range.upperBound, range.lowerBound + countMax)
    let timestamp = record.timestamps[range.lowerBound]
    var index = range.lowerBound + 1
    while index < end, record.timestamps[index] == timestamp, run(beginningWith: record.series[index]) == nil {
      index += 1
    }
    return index - range.lowerBound
  }

  /// What is to be done with samples of a record.
  enum Finding {
    /// All of that run are there, and its block says them.
    case run(Int)
    /// So many have to be said otherwise.
    case unsaid(Int)
  }

  /// Looks for a run at the beginning of `range`, and learns from what is there.
  mutating func find(
    _ record: borrowing DecodedRecord,
    _ range: Range<Int>,
    dictionary: borrowing SegmentDictionary
  ) -> Finding {
    let start = range.lowerBound
    guard let number = run(beginningWith: record.series[start]) else {
      let count = stretch(record, range)
      notice(record, start..<start + count)
      return .unsaid(count)
    }
    guard runs[number].count <= range.count else { return .unsaid(stretch(record, range)) }
    switch runs[number].match(record, start) {
    case .whole: return .run(number)
    case .seriesOnly:
      byteCount -= runs[number].footprint
      runs[number].compress(record, start, dictionary: dictionary, with: &workshop)
      byteCount += runs[number].footprint
      if case .whole = runs[number].match(record, start) { return .run(number) }
      return .unsaid(runs[number].count)
    case .other:
      let count = stretch(record, range)
      guard count >= Self.countMin else { return .unsaid(count) }
      byteCount -= runs[number].footprint
      runs[number].become(record, start..<start + count)
      byteCount += runs[number].footprint
      return .unsaid(count)
    }
  }

  /// Appends the block of a run that was found at `start`.
  /// - Returns: the samples, and the bytes of what is said of them.
  mutating func append(
    _ run: Int,
    _ record: borrowing DecodedRecord,
    _ start: Int,
    to blocks: inout ByteBuffer
  ) -> (sampleCount: Int, textByteCount: Int) {
    runs[run].append(record, start, to: &blocks)
    return (runs[run].count, runs[run].textByteCount)
  }

  private mutating func notice(_ record: borrowing DecodedRecord, _ range: Range<Int>) {
    let first = Int(record.series[range.lowerBound])
    guard range.count >= Self.countMin, byteCount < byteCountMax else { return }
    guard beginnings[first] == Self.seenOnce else {
      beginnings[first] = Self.seenOnce
      return
    }
    let run = RecurringRun(record, range)
    byteCount += run.footprint
    beginnings[first] = UInt32(runs.count) + Self.firstRun
    runs.append(run)
  }
}
