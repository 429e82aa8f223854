@testable import Samples

/// Targets whose series behave in every way that a run has to follow.
struct ScrapeWorld: ~Copyable {
  var random: SeededGenerator
  var table = SeriesTable(key: testKey)
  var streams: [[(series: SeriesReference, kind: Int, value: UInt64)]] = []
  var codec = RecordCodec()
  /// Whether series come and go, whole scrapes go stale, and samples have times of their own.
  var isRestless = true
  private var nextName = 0

  init(seed: UInt64, seriesCounts: [Int]) throws {
    random = SeededGenerator(seed: seed)
    for count in seriesCounts {
      var stream: [(series: SeriesReference, kind: Int, value: UInt64)] = []
      for _ in 0..<count { stream.append(try newSeries(stream: streams.count)) }
      streams.append(stream)
    }
  }

  private mutating func newSeries(stream: Int) throws -> (series: SeriesReference, kind: Int, value: UInt64) {
    nextName += 1
    var labels = LabelSet([
      ("__name__", "metric_\(nextName / 7)_total"), ("instance", "node-\(stream)"), ("n", "\(nextName)"),
      ("path", String(repeating: "/x", count: Int.random(in: 0...20, using: &random))),
    ])
    try labels.normalize()
    let value = Double(Int.random(in: 0...5, using: &random)).bitPattern
    return (table.intern(labels), Int.random(in: 0...6, using: &random), value)
  }

  private mutating func step(_ kind: Int, _ value: UInt64) -> UInt64 {
    switch kind {
    case 0, 1: value
    case 2: (Double(bitPattern: value) + 1).bitPattern
    case 3: (Double(bitPattern: value) + Double.random(in: 0...1, using: &random)).bitPattern
    case 4: random.next()
    case 5: Int.random(in: 0..<20, using: &random) == 0 ? random.next() : value
    default: Bool.random(using: &random) ? Double.nan.bitPattern : (1.0 as Double).bitPattern
    }
  }

  /// The next scrape of a stream, as the spool gives it back.
  mutating func scrape(_ number: Int, at timestamp: Int64) throws -> DecodedRecord {
    if isRestless, Int.random(in: 0..<12, using: &random) == 0, streams[number].count > 2 {
      let index = Int.random(in: 0..<streams[number].count, using: &random)
      if Bool.random(using: &random) { streams[number].remove(at: index) }
      if Bool.random(using: &random) { streams[number].insert(try newSeries(stream: number), at: index) }
    }
    let isStale = isRestless && Int.random(in: 0..<15, using: &random) == 0
    let hasOwnTimes = isRestless && Int.random(in: 0..<10, using: &random) == 0
    var batch = SampleBatch(stream: UInt32(number))
    for index in streams[number].indices {
      let entry = streams[number][index]
      streams[number][index].value = step(entry.kind, entry.value)
      batch.references.append(entry.series)
      batch.values.append(isStale ? staleMarkerBits : streams[number][index].value)
      batch.timestamps.append(timestamp - (hasOwnTimes ? Int64.random(in: 0...3, using: &random) : 0))
    }
    try codec.write(batch, table)
    return codec.record
  }
}
