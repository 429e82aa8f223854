import Samples
import Spool

/// Reads chosen ranges out of a spool, and puts their samples into remote-write requests, in the order of collection.
final class RangeReader {
  private let inspection: SpoolInspection
  private let destination: DestinationSummary?
  private let plan: RefillPlan
  private let segments: [UInt64]
  private var place = 0
  private var walk: SpoolWalk
  private var record = DecodedRecord()
  /// Of the record's samples (or items), how many have been looked at; nothing where a record has to be read.
  private var offset: Int?
  private var encoder = RemoteWriteEncoder()
  private var lost: UInt64 = 0

  init(_ inspection: SpoolInspection, _ destination: String, _ plan: RefillPlan) {
    self.inspection = inspection
    self.destination = inspection.destinations.first { $0.name == destination }
    self.plan = plan
    segments = Set(plan.ranges.map(\.segment)).sorted()
    walk = SpoolWalk(inspection, segment: segments.first ?? 0)
  }

  /// The next request's samples; the last may have none.
  func next() -> ReplayBatch {
    encoder.removeAll()
    lost = 0
    while encoder.sampleCount < plan.samplesPerRequestMax, encoder.byteCount < plan.requestByteCountMax {
      guard let from = offset else {
        if fetch() { continue }
        return batch(isLast: true)
      }
      take(from)
    }
    return batch(isLast: false)
  }

  private func batch(isLast: Bool) -> ReplayBatch {
    var batch = ReplayBatch()
    batch.isLast = isLast
    batch.sampleCount = encoder.sampleCount
    batch.message = encoder.sampleCount == 0 ? [] : encoder.bytes.array
    batch.unreadableSamples = lost
    return batch
  }

  /// Reads the next record that may have something; false at the end of all.
  private func fetch() -> Bool {
    while place < segments.count {
      switch walk.next(into: &record) {
      case .record(let sequence):
        guard destination?.isSettled(sequence) == true else { continue }
        offset = 0
        return true
      case .lost(let samples): lost += samples
      case nil:
        place += 1
        if place < segments.count { walk = SpoolWalk(inspection, segment: segments[place]) }
      }
    }
    return false
  }

  private func take(_ from: Int) {
    if record.series.isEmpty { return takeItems(from) }
    let count = record.series.count
    let segment = segments[place]
    let stream = record.stream
    var index = from
    var start: Int?
    var time = Int64.min
    var isWanted = false
    let room = plan.samplesPerRequestMax - encoder.sampleCount
    while index < count {
      if record.timestamps[index] != time || index == from {
        time = record.timestamps[index]
        let range = HeldRange(segment: segment, stream: stream, range: plan.grid.range(of: time))
        isWanted = plan.ranges.contains(range)
      }
      if isWanted {
        if start == nil { start = index }
        if index + 1 - (start ?? index) == room {
          index += 1
          break
        }
      } else if start != nil {
        break
      }
      index += 1
    }
    if let start { encoder.append(record, start..<index, dictionary: walk.decoder.dictionary) }
    offset = index < count ? index : nil
  }

  /// Histograms: they are samples, and whose stream they are isn't written down, so those of a range go with any stream of it.
  private func takeItems(_ from: Int) {
    let segment = segments[place]
    for index in from..<record.items.count where record.items[index].kind == .histogram {
      let range = plan.grid.range(of: record.items[index].timestamp)
      guard plan.ranges.contains(where: { $0.segment == segment && $0.range == range }) else { continue }
      encoder.appendItems(record, index..<index + 1, dictionary: walk.decoder.dictionary)
      if encoder.sampleCount >= plan.samplesPerRequestMax {
        offset = index + 1 < record.items.count ? index + 1 : nil
        return
      }
    }
    offset = nil
  }
}
