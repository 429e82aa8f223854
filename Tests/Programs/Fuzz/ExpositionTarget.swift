import Samples

private let limits = ExpositionLimits(
  sampleCountMax: 2000,
  keptSampleCountMax: 1500,
  labelCountMax: 32,
  labelNameByteCountMax: 200,
  labelValueByteCountMax: 2000
)

/// Two scrapes of the same text agree, the second one from what the first left in the cache, and a third by a cache of its own; and the spool
/// keeps all of it.
func fuzzExposition(_ input: [UInt8], _ format: ExpositionFormat) {
  var first = Scrape()
  var second = Scrape()
  let result = first.run(input, format)
  require(result == first.run(input, format), "a text that was seen before is another to the parser")
  require(result == second.run(input, format), "a text depends on what was parsed before")
  guard case .samples(let samples) = result else { return }
  require(samples.count <= 1500 && samples.count <= input.count, "more samples than there may be")
  require(first.throughSpool(input, format) == samples, "the spool's format changes a sample")
}

private struct Scrape: ~Copyable {
  struct Sample: Hashable {
    var labels: [UInt8]
    var timestamp: Int64
    var value: UInt64
  }

  enum Outcome: Hashable {
    case samples([Sample])
    case failed(ExpositionFailure.Reason, line: Int)
  }

  private var table = SeriesTable(key: KeyedHash.Key(1, 2))
  private var cache = ScrapeCache(key: KeyedHash.Key(3, 4))

  mutating func run(_ input: [UInt8], _ format: ExpositionFormat) -> Outcome {
    do throws(ExpositionFailure) {
      let batch = try parse(input, format)
      return .samples(
        batch.references.indices.map { index in
          Sample(
            labels: text(table.labels(batch.references[index])),
            timestamp: batch.timestamp(index),
            value: batch.values[index]
          )
        }
      )
    } catch {
      var ended: [SeriesReference] = []
      cache.endAll(into: &ended)
      return .failed(error.reason, line: error.line)
    }
  }

  private mutating func parse(_ input: [UInt8], _ format: ExpositionFormat) throws(ExpositionFailure) -> SampleBatch {
    var parser = ExpositionParser(format: format, limits: limits)
    var batch = SampleBatch(stream: 0)
    var table = table
    defer { self.table = table }
    _ = try parser.parse(input, defaultTimestamp: 1_700_000_000_000, cache: &cache, into: &batch) {
      (labels: inout LabelSet) throws(ExpositionFailure.Reason) in
      do throws(LabelSet.Failure) { try labels.normalize() } catch { throw .labelName }
      return .kept(table.intern(labels))
    }
    return batch
  }

  mutating func throughSpool(_ input: [UInt8], _ format: ExpositionFormat) -> [Sample] {
    guard let batch = try? parse(input, format), !batch.isEmpty else { return [] }
    guard let stored = Stored(batch, table) else { return [] }
    return stored.record.series.indices.map { index in
      Sample(
        labels: text(stored.decoder.dictionary.labels(stored.record.series[index])),
        timestamp: stored.record.timestamps[index],
        value: stored.record.values[index]
      )
    }
  }
}

func text(_ labels: [(name: [UInt8], value: [UInt8])]) -> [UInt8] {
  labels.flatMap { $0.name + [0xff] + $0.value + [0xfe] }
}

/// A batch that went into a segment and came out again.
struct Stored: ~Copyable {
  private(set) var record = DecodedRecord()
  private(set) var decoder = SegmentDecoder()

  init?(_ batch: SampleBatch, _ table: SeriesTable) {
    var encoder = SegmentEncoder()
    var definitions: [[UInt8]] = []
    var payload = ByteBuffer()
    let lowest = encoder.encode(batch, sequence: 1, table: table, definitions: &definitions, payload: &payload)
    do throws(SegmentDecoder.Failure) {
      for definition in definitions { try decoder.define(definition.span) }
      try decoder.decode(payload.span, sequence: 1, sampleCount: batch.count, lowestTimestamp: lowest, into: &record)
    } catch {
      require(false, "what was encoded can't be decoded: \(error)")
      return nil
    }
  }
}
