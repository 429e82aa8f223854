import Samples
import Spool

/// Reads the records of one lane and puts their samples into requests: each a run of records without a gap, as they were collected.
struct LaneFeed: ~Copyable {
  /// A record whose samples are being put into requests.
  private struct Cut {
    let range: RecordRange
    let isItems: Bool
    let count: Int
    /// Up to here they are in requests.
    var offset = 0
    var number: Int?
  }

  /// A request that is being put together.
  private struct Draft {
    let owner: UInt32
    let lane: Lane
    let version: RemoteWriteVersion
    let openedAt: Int64
    var units: [Flight.Unit] = []
    var sampleCount = 0
    var itemCount = 0
    var highestTimestamp = Int64.min
  }

  /// What a request may hold.
  struct Bounds {
    var countMax: Int
    var byteCountMax: Int
    var timestamps: TimestampLimits
    /// Records from here on are another lane's.
    var end: UInt64
    var lane: Lane
    var version: RemoteWriteVersion
  }

  /// Why no more goes into the request.
  enum Stop: Equatable {
    case full
    /// The next samples are of series that another request has.
    case conflict
    case end
    /// The next sample's timestamp is this far beyond what may be sent, in milliseconds.
    case ahead(by: Int64)
  }

  /// A request as it is before it has a number.
  struct Request {
    let owner: UInt32
    let lane: Lane
    let version: RemoteWriteVersion
    let units: [Flight.Unit]
    let sampleCount: Int
    let itemCount: Int
    let highestTimestamp: Int64
    let body: [UInt8]
  }

  private(set) var reader: SpoolReader
  var tracker = RecordTracker()
  var ownership = SeriesOwnership()
  /// What the spool can't give any more.
  var losses: [RecordRange] = []
  /// Samples that must never be sent.
  var refusals: [RequestMessages.Sample] = []
  private var record = DecodedRecord()
  private var cut: Cut?
  private var draft: Draft?
  private var encoder1 = CompressedRequest()
  private var encoder2: CompressedRequest2
  private var compressed = ByteBuffer()

  /// - Parameter texts: of requests of 2.0, shared with the other lane.
  init(_ reader: consuming SpoolReader, _ texts: RecurringTexts) {
    self.reader = reader
    encoder2 = CompressedRequest2(texts)
  }

  /// Before the first record none of whose samples is in a request.
  var position: SpoolPosition {
    if let cut, cut.number == nil {
      return SpoolPosition(sequence: cut.range.first, samplesBefore: cut.range.samplesBefore)
    }
    return reader.position
  }

  /// Whether there is nothing to send: all up to `end` was read, and what was read is in requests.
  func isAtEnd(_ end: UInt64) -> Bool { cut == nil && draft == nil && reader.position.sequence >= end }

  /// Whether a record is partly in requests.
  var isAmidRecord: Bool { cut?.number != nil }
  var draftOpenedAt: Int64? { draft?.openedAt }
  var draftCount: Int { draft.map { $0.sampleCount + $0.itemCount } ?? 0 }
  var draftSampleCount: Int { draft?.sampleCount ?? 0 }
  var draftLane: Lane? { draft?.lane }

  /// Goes to another place, and decodes the way there now, not when it is in a hurry.
  mutating func jump(to position: SpoolPosition, _ spool: Spool, _ destination: String) {
    precondition(!isAmidRecord, "BUG: a record left half sent")
    cut = nil
    spool.seek(&reader, to: position)
    fetch(spool, destination)
  }

  /// Lets go of what it holds open, until it is needed.
  mutating func rest(_ spool: Spool) { spool.close(&reader) }

  private mutating func fetch(_ spool: Spool, _ destination: String) {
    switch spool.read(&reader, for: destination, into: &record) {
    case .record(let range):
      let isItems = record.series.isEmpty
      cut = Cut(range: range, isItems: isItems, count: isItems ? record.items.count : record.series.count)
    case .lost(let range): losses.append(range)
    case .end: break
    }
  }

  /// Fills the request, opening one where there is none.
  /// - Parameter free: the first place from another one on whose record isn't on its way or done.
  mutating func gather(
    _ bounds: Bounds,
    _ spool: Spool,
    _ destination: String,
    now: Moment,
    free: (SpoolPosition) -> SpoolPosition
  ) -> Stop {
    while true {
      if let draft, draft.lane != bounds.lane || draft.version != bounds.version { return .full }
      if cut?.number == nil {
        let from = position
        let place = free(from)
        if place.sequence >= bounds.end { return .end }
        if place != from {
          cut = nil
          spool.seek(&reader, to: place)
        }
        if cut == nil {
          let lossCount = losses.count
          fetch(spool, destination)
          if cut == nil, losses.count == lossCount { return .end }
          continue
        }
      }
      if let stop = enterSegment() { return stop }
      if let stop = take(bounds, now: now) { return stop }
    }
  }

  /// Numbers of series are a segment's own, so its requests are waited for.
  private mutating func enterSegment() -> Stop? {
    guard reader.segmentNumber != ownership.segment else { return nil }
    if draft != nil { return .full }
    guard ownership.isIdle else { return .conflict }
    ownership.enter(segment: reader.segmentNumber)
    return nil
  }

  /// Samples of what is said one by one that go into the request at once: so many that a look at its size in between is often enough.
  private static let step = 256

  /// Puts some of the record into the request.
  private mutating func take(_ bounds: Bounds, now: Moment) -> Stop? {
    guard var cut else { return nil }
    if draft == nil {
      draft = Draft(
        owner: ownership.begin(),
        lane: bounds.lane,
        version: bounds.version,
        openedAt: now.monotonic
      )
    }
    guard var draft else { return nil }
    defer {
      self.draft = draft
      self.cut = cut.offset < cut.count ? cut : nil
      if draft.units.isEmpty { abandonDraft() }
    }
    let room = bounds.countMax - draft.sampleCount - draft.itemCount
    if room <= 0 || encoder1.byteCount + encoder2.byteCount >= bounds.byteCountMax { return .full }
    let (piece, step) = extent(cut, draft.version, bounds.countMax)
    // What a request says best in one piece isn't cut, unless it is larger than a request.
    if piece > room, room * 2 <= bounds.countMax { return .full }
    var end = cut.offset + min(room, step)

    var stop: Stop?
    if let ahead = firstAhead(cut, end, bounds.timestamps) {
      end = ahead.index
      if end == cut.offset {
        guard ahead.timestamp > bounds.timestamps.refusedAbove else {
          return .ahead(by: ahead.timestamp - bounds.timestamps.heldAbove)
        }
        refuse(&cut, draft.lane)
        return nil
      }
    }
    let claimed = claim(cut, end, draft.owner)
    if claimed < end - cut.offset {
      end = cut.offset + claimed
      stop = .conflict
    }
    if end > cut.offset { append(&cut, end, &draft) }
    return stop
  }

  /// How many of the record's samples a request says best in one piece, and how many go into it at once.
  private mutating func extent(_ cut: Cut, _ version: RemoteWriteVersion, _ countMax: Int) -> (piece: Int, step: Int) {
    let rest = cut.count - cut.offset
    let step = min(Self.step, rest)
    switch version {
    case _ where cut.isItems: return (1, step)
    case .v1:
      let run = encoder1.extent(
        record,
        cut.offset,
        sampleCountMax: countMax,
        dictionary: reader.decoder.dictionary
      )
      return (run, run)
    // So that the same request comes again with the next scrape.
    case .v2: return (cut.offset == 0 ? min(rest, countMax) : 1, step)
    }
  }

  private func firstAhead(_ cut: Cut, _ end: Int, _ limits: TimestampLimits) -> (index: Int, timestamp: Int64)? {
    if cut.isItems {
      for index in cut.offset..<end where record.items[index].timestamp > limits.heldAbove {
        return (index, record.items[index].timestamp)
      }
      return nil
    }
    let timestamps = record.timestamps.span
    for index in cut.offset..<end where timestamps[index] > limits.heldAbove { return (index, timestamps[index]) }
    return nil
  }

  private mutating func claim(_ cut: Cut, _ end: Int, _ owner: UInt32) -> Int {
    let seriesCount = reader.decoder.dictionary.seriesCount
    guard cut.isItems else {
      return ownership.claim(record.series[cut.offset..<end], for: owner, seriesCount: seriesCount)
    }
    for index in cut.offset..<end {
      guard let series = record.items[index].series else { continue }
      if ownership.claim([series], for: owner, seriesCount: seriesCount) == 0 { return index - cut.offset }
    }
    return end - cut.offset
  }

  private mutating func append(_ cut: inout Cut, _ end: Int, _ draft: inout Draft) {
    let range = cut.offset..<end
    var samples = range.count
    if cut.isItems {
      samples = record.items[range].count { $0.kind == .histogram }
      for item in record.items[range] where item.kind != .metadata {
        draft.highestTimestamp = max(draft.highestTimestamp, item.timestamp)
      }
      switch draft.version {
      case .v1: encoder1.appendItems(record, range, dictionary: reader.decoder.dictionary)
      case .v2: encoder2.appendItems(record, range, dictionary: reader.decoder.dictionary)
      }
    } else {
      draft.highestTimestamp = max(draft.highestTimestamp, record.timestamps[range].max() ?? .min)
      switch draft.version {
      case .v1: encoder1.append(record, range, dictionary: reader.decoder.dictionary)
      case .v2: encoder2.append(record, range, dictionary: reader.decoder.dictionary)
      }
    }
    let number = enter(&cut, draft.lane)
    if let last = draft.units.last, last.record == number {
      draft.units[draft.units.count - 1].sampleCount += samples
    } else {
      draft.units.append(Flight.Unit(record: number, firstSample: draft.sampleCount, sampleCount: samples))
      tracker[number].outstanding += 1
    }
    draft.sampleCount += samples
    draft.itemCount += range.count - samples
    cut.offset = end
    if end == cut.count { tracker[number].isCut = true }
  }

  private mutating func enter(_ cut: inout Cut, _ lane: Lane) -> Int {
    if let number = cut.number { return number }
    let number = tracker.append(cut.range, lane: lane)
    cut.number = number
    return number
  }

  /// Sets the next sample aside.
  private mutating func refuse(_ cut: inout Cut, _ lane: Lane) {
    let number = enter(&cut, lane)
    let dictionary = reader.decoder.dictionary
    var series: UInt32?
    var timestamp: Int64 = 0
    var value: RequestMessages.Sample.Value?
    if cut.isItems {
      let item = record.items[cut.offset]
      series = item.series
      timestamp = item.timestamp
      if item.kind == .histogram { value = .histogram(item.message) }
    } else {
      series = record.series[cut.offset]
      timestamp = record.timestamps[cut.offset]
      value = .number(record.values[cut.offset])
    }
    if let series, let value {
      tracker[number].refused[.other] += 1
      let labels = dictionary.labels(series).map { RequestMessages.Label(name: $0.name, value: $0.value) }
      refusals.append(RequestMessages.Sample(labels: labels, timestamp: timestamp, value: value))
    }
    cut.offset += 1
    if cut.offset == cut.count { tracker[number].isCut = true }
    if tracker.isFinished(number) { finishedHere.append(number) }
  }

  /// Records that were done without any request.
  var finishedHere: [Int] = []

  private mutating func abandonDraft() {
    if let draft { ownership.end(draft.owner) }
    draft = nil
  }

  /// Closes the request.
  mutating func finishDraft() -> Request? {
    guard let draft else { return nil }
    self.draft = nil
    switch draft.version {
    case .v1: encoder1.finish(into: &compressed)
    case .v2: encoder2.finish(into: &compressed)
    }
    return Request(
      owner: draft.owner,
      lane: draft.lane,
      version: draft.version,
      units: draft.units,
      sampleCount: draft.sampleCount,
      itemCount: draft.itemCount,
      highestTimestamp: draft.highestTimestamp,
      body: compressed.array
    )
  }
}
