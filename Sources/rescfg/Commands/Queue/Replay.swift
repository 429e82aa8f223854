import Document
import Samples
import Spool
import Transport

/// Sends samples by remote write 1.0, oldest first, one request at a time: in order for each series, as receivers want them.
struct Replay: ~Copyable {
  struct Plan {
    var url: String
    var samplesPerSecond: Int?
    var samplesPerRequest = 2000
    var triesMax = 10
    var token: String?
  }

  /// What became of it.
  struct Outcome {
    var delivered = 0
    var rejected = 0
    var unreadable: UInt64 = 0
    var requests = 0
    var retries = 0
    /// Why it was given up.
    var failure: String?
    /// What the receiver said of the samples that it refused first.
    var rejection: String?
  }

  private let plan: Plan
  private let timeRange: ClosedRange<Int64>?
  private var filter: SeriesFilter
  private var outcome = Outcome()
  private var encoder = RemoteWriteEncoder()
  private var sender: ReplaySender
  private var pace: Pace
  private var progress = ReplayProgress()

  init(_ plan: Plan, timeRange: ClosedRange<Int64>?, filter: SeriesFilter) {
    self.plan = plan
    self.timeRange = timeRange
    self.filter = filter
    sender = ReplaySender(plan)
    pace = Pace(samplesPerSecond: plan.samplesPerSecond)
  }

  mutating func run(_ walk: inout SpoolWalk) -> Outcome {
    var record = DecodedRecord()
    while outcome.failure == nil, let step = walk.next(into: &record) {
      switch step {
      case .lost(let samples): outcome.unreadable += samples
      case .record:
        send(record, walk.decoder.dictionary, segment: walk.segmentCount, items: false)
        send(record, walk.decoder.dictionary, segment: walk.segmentCount, items: true)
      }
    }
    progress.end()
    return outcome
  }

  /// The runs of wanted samples (or items) of a record, in requests of at most the size that was asked for.
  private mutating func send(
    _ record: borrowing DecodedRecord,
    _ dictionary: borrowing SegmentDictionary,
    segment: Int,
    items: Bool
  ) {
    let count = items ? record.items.count : record.series.count
    var chosen: [Int] = []
    for index in 0..<count {
      let time = items ? record.items[index].timestamp : record.timestamps[index]
      if let timeRange, !timeRange.contains(time) { continue }
      if let series = items ? record.items[index].series : record.series[index] {
        guard filter.isWanted(series, dictionary, segment: segment) else { continue }
      }
      chosen.append(index)
    }
    for start in stride(from: 0, to: chosen.count, by: plan.samplesPerRequest) where outcome.failure == nil {
      send(chosen[start..<min(start + plan.samplesPerRequest, chosen.count)], record, dictionary, items: items)
    }
  }

  /// One request, or, where the receiver refuses it, its halves, down to the sample that is to blame.
  private mutating func send(
    _ chosen: ArraySlice<Int>,
    _ record: borrowing DecodedRecord,
    _ dictionary: borrowing SegmentDictionary,
    items: Bool
  ) {
    encoder.removeAll()
    for index in chosen {
      if items {
        encoder.appendItems(record, index..<index + 1, dictionary: dictionary)
      } else {
        encoder.append(record, index..<index + 1, dictionary: dictionary)
      }
    }
    pace.wait(for: chosen.count)
    let body = encoder.bytes.array
    let result = sender.send(body)
    outcome.requests += result.tries
    outcome.retries += result.tries - 1
    switch result.answer {
    case .delivered: outcome.delivered += chosen.count
    case .failed(let reason): outcome.failure = reason
    case .refused(let reason):
      if outcome.rejection == nil { outcome.rejection = reason }
      if chosen.count == 1 {
        outcome.rejected += 1
      } else {
        let middle = chosen.startIndex + chosen.count / 2
        send(chosen[..<middle], record, dictionary, items: items)
        if outcome.failure == nil { send(chosen[middle...], record, dictionary, items: items) }
      }
    }
    progress.show(outcome)
  }
}

extension Replay.Outcome {
  var text: String {
    var line = "\(delivered) samples delivered in \(requests) requests"
    if retries > 0 { line += ", \(retries) of them again" }
    line += "\n"
    if rejected > 0 { line += "\(rejected) samples refused: \(rejection ?? "")\n" }
    if unreadable > 0 { line += "\(unreadable) samples can't be read; 'rescfg queue verify' says which\n" }
    if let failure {
      line += "given up: \(failure)\n  help: once the receiver answers again, the same command sends all of it again\n"
    }
    return line
  }

  /// For programs.
  var tree: Tree<Never> {
    [
      "delivered": .integer(.known(delivered)), "rejected": .integer(.known(rejected)),
      "unreadable": .count(unreadable), "requests": .integer(.known(requests)), "retries": .integer(.known(retries)),
      "rejection": rejection.map { .text(Text($0)) } ?? .null, "failure": failure.map { .text(Text($0)) } ?? .null,
    ]
  }
}
