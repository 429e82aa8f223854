import Samples
public import Spool

/// What bounds one query.
public struct QueryLimits: Sendable {
  public var seriesCountMax = 10_000
  /// Samples kept in memory, and points of an answer.
  public var sampleCountMax = 2_000_000
  /// Of segments that have to be read.
  public var byteCountMax = 2 << 30
  public var stepCountMax: Int64 = 11_000

  public init() {}
}

/// One series with its samples in some time.
public struct QueriedSeries: Sendable {
  public let labels: [(name: [UInt8], value: [UInt8])]
  /// Milliseconds since 1970, ascending, each once; values as bits, stale markers among them.
  public internal(set) var samples: [(time: Int64, bits: UInt64)] = []
}

/// Reads chosen series out of a spool, from outside: without its lock, on any thread.
public struct SpoolQuery {
  private let fileSystem: any FileSystem
  private let limits: QueryLimits
  private let isOverdue: () -> Bool
  private var series: [QueriedSeries] = []
  private var numbers: [String: Int] = [:]
  private var sampleCount = 0

  /// - Parameters:
  ///   - fileSystem: its own view of the spool's directory.
  ///   - isOverdue: asked now and then whether to give up.
  public init(_ fileSystem: any FileSystem, _ limits: QueryLimits, isOverdue: @escaping () -> Bool) {
    self.fileSystem = fileSystem
    self.limits = limits
    self.isOverdue = isOverdue
  }

  /// Series that one of the selections takes, and that have samples in a time; sorted by their labels.
  /// - Parameters:
  ///   - selections: none takes all.
  ///   - keepsSamples: whether they are wanted, and not the series alone.
  public mutating func run(
    _ selections: [SeriesSelection],
    _ time: ClosedRange<Int64>,
    keepsSamples: Bool
  ) throws(QueryFailure) -> [QueriedSeries] {
    let inspection: SpoolInspection
    do throws(FileError) { inspection = try SpoolInspection(fileSystem) } catch {
      throw QueryFailure(.internal, "the queue can't be read")
    }
    // Of a segment that isn't sealed it isn't known when it ends.
    let wanted = inspection.segments.filter { segment in
      guard segment.isSealed, let held = segment.timeRange else { return true }
      return held.overlaps(time)
    }
    let byteCount = wanted.reduce(0) { $0 + $1.byteCount }
    guard byteCount <= limits.byteCountMax else {
      throw QueryFailure(.execution, "this would read \(byteCount) bytes of the queue; at most \(limits.byteCountMax)")
    }
    for segment in wanted { try read(segment.number, inspection, selections, time, keepsSamples) }
    for index in series.indices { Self.order(&series[index].samples) }
    return series.sorted { Self.precedes($0.labels, $1.labels) }
  }

  private mutating func read(
    _ segment: UInt64,
    _ inspection: SpoolInspection,
    _ selections: [SeriesSelection],
    _ time: ClosedRange<Int64>,
    _ keepsSamples: Bool
  ) throws(QueryFailure) {
    var walk = SpoolWalk(inspection, segment: segment)
    var record = DecodedRecord()
    /// By series of the segment: its place in `series`; -1 for one that isn't wanted, -2 for one that wasn't looked at.
    var places: [Int32] = []
    var recordCount = 0
    while let step = walk.next(into: &record) {
      recordCount += 1
      if recordCount % 64 == 1, isOverdue() { throw QueryFailure(.timeout, "the query took too long") }
      guard case .record = step, !record.series.isEmpty else { continue }
      let missing = walk.decoder.dictionary.seriesCount - places.count
      if missing > 0 { places.append(contentsOf: repeatElement(-2, count: missing)) }
      for index in record.series.indices {
        let number = Int(record.series[index])
        if places[number] == -1 || !time.contains(record.timestamps[index]) { continue }
        if places[number] == -2 {
          places[number] = try place(walk.decoder.dictionary.labels(UInt32(number)), selections)
          if places[number] == -1 { continue }
        }
        guard keepsSamples else { continue }
        sampleCount += 1
        guard sampleCount <= limits.sampleCountMax else {
          throw QueryFailure(
            .execution,
            "query processing would load too many samples into memory: more than \(limits.sampleCountMax)"
          )
        }
        series[Int(places[number])].samples.append((record.timestamps[index], record.values[index]))
      }
    }
  }

  private mutating func place(
    _ labels: [(name: [UInt8], value: [UInt8])],
    _ selections: [SeriesSelection]
  ) throws(QueryFailure) -> Int32 {
    guard selections.isEmpty || selections.contains(where: { $0.matches(labels) }) else { return -1 }
    var key = ""
    for label in labels {
      key += "\(label.name.count),\(label.value.count):" + String(decoding: label.name + label.value, as: UTF8.self)
    }
    if let number = numbers[key] { return Int32(number) }
    guard series.count < limits.seriesCountMax else {
      throw QueryFailure(.execution, "the query takes more than \(limits.seriesCountMax) series")
    }
    numbers[key] = series.count
    series.append(QueriedSeries(labels: labels))
    return Int32(series.count - 1)
  }

  /// By time; of two at one time the one that was collected first.
  private static func order(_ samples: inout [(time: Int64, bits: UInt64)]) {
    var isOrdered = true
    for index in samples.indices.dropFirst() where samples[index - 1].time >= samples[index].time { isOrdered = false }
    if isOrdered { return }
    let sorted = samples.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
    samples.removeAll(keepingCapacity: true)
    for (_, sample) in sorted where samples.last?.time != sample.time { samples.append(sample) }
  }

  private static func precedes(
    _ one: [(name: [UInt8], value: [UInt8])],
    _ other: [(name: [UInt8], value: [UInt8])]
  ) -> Bool {
    for (left, right) in zip(one, other) {
      if left.name != right.name { return left.name.lexicographicallyPrecedes(right.name) }
      if left.value != right.value { return left.value.lexicographicallyPrecedes(right.value) }
    }
    return one.count < other.count
  }
}
