import Samples
import Spool
import Testing

/// What was handed to a spool, and what must be found again.
struct Oracle {
  struct Batch: Hashable {
    let labels: [String]
    let values: [UInt64]
    let timestamps: [Int64]
  }

  var table = SeriesTable(key: testKey)
  /// By sequence number; a number may have had more than one candidate where an append was never acknowledged.
  var appended: [UInt64: Set<Batch>] = [:]
  var acknowledged: Set<UInt64> = []

  private var values: [Double]
  private var references: [SeriesReference]

  init(seriesCount: Int = 12) {
    values = [Double](repeating: 0, count: seriesCount)
    references = []
    for number in 0..<seriesCount {
      references.append(table.intern(LabelSet([("__name__", "m\(number)"), ("job", "test")])))
    }
  }

  mutating func makeBatch(_ random: inout SeededGenerator, step: Int, perRecord: Int? = nil) -> SampleBatch {
    var batch = SampleBatch(stream: UInt32.random(in: 0..<2, using: &random))
    let count = perRecord ?? Int.random(in: 1...references.count, using: &random)
    for index in references.indices.prefix(count) {
      switch Int.random(in: 0..<6, using: &random) {
      case 0: values[index] = Double(bitPattern: random.next())
      case 1: values[index] = Double(bitPattern: staleMarkerBits)
      case 2, 3: values[index] = Double(Int.random(in: 0..<100_000, using: &random)) / 100
      default: break
      }
      batch.references.append(references[index])
      batch.values.append(values[index].bitPattern)
    }
    batch.timestamps = [Int64(step) * 1000]
    return batch
  }

  mutating func noteAppended(_ batch: SampleBatch, sequence: UInt64) {
    let record = Batch(
      labels: batch.references.map { reference in Self.text(table.labels(reference)) },
      values: batch.values,
      timestamps: batch.references.indices.map { batch.timestamp($0) }
    )
    appended[sequence, default: []].insert(record)
  }

  static func text(_ labels: [(name: [UInt8], value: [UInt8])]) -> String {
    labels.map { String(decoding: $0.name, as: UTF8.self) + "=" + String(decoding: $0.value, as: UTF8.self) }.joined(
      separator: ","
    )
  }

  /// Reads everything a destination hasn't settled, and settles it.
  static func drain(_ spool: Spool, _ destination: String = "central") -> (
    records: [UInt64: Batch], lost: [RecordRange]
  ) {
    var reader = spool.makeReader(destination)!
    var record = DecodedRecord()
    var records: [UInt64: Batch] = [:]
    var lost: [RecordRange] = []
    while true {
      switch spool.read(&reader, for: destination, into: &record) {
      case .record(let range):
        records[range.first] = Batch(
          labels: record.series.map { text(reader.decoder.dictionary.labels($0)) },
          values: record.values,
          timestamps: record.timestamps
        )
        settle(spool, range, destination, Outcome(delivered: range.sampleCount))
      case .lost(let range):
        lost.append(range)
        settle(spool, range, destination, Outcome(dropped: [DropReason.damaged: range.sampleCount]))
      case .end:
        spool.close(&reader)
        return (records, lost)
      }
    }
  }

  static func settle(_ spool: Spool, _ range: RecordRange, _ destination: String, _ outcome: Outcome) {
    do { try spool.settle(range, for: destination, outcome) } catch { Issue.record("settling \(range): \(error)") }
  }

  /// Everything acknowledged is there, and nothing is there that wasn't written.
  func check(_ records: [UInt64: Batch], _ comment: Comment) {
    for sequence in acknowledged where records[sequence] == nil {
      Issue.record("acknowledged record \(sequence) is missing, \(comment)")
      return
    }
    for (sequence, record) in records {
      let isKnown = appended[sequence]?.contains(record) ?? false
      #expect(isKnown, "record \(sequence) was never written, \(comment)")
    }
  }
}
