import Samples
import Testing

/// What is decoded is what was encoded, bit for bit, in whatever order series come and go.
@Suite struct SegmentCodecTests {
  private struct Coder: ~Copyable {
    var table = SeriesTable(key: testKey)
    private var codec = RecordCodec()

    mutating func check(_ batch: SampleBatch, _ comment: Comment) throws {
      try codec.write(batch, table)
      let record = codec.record
      #expect(record.stream == batch.stream, comment)
      #expect(record.values == batch.values, comment)
      #expect(record.timestamps == batch.references.indices.map { batch.timestamp($0) }, comment)
      for (series, reference) in zip(record.series, batch.references) {
        let got = codec.decoder.dictionary.labels(series)
        let want = table.labels(reference)
        guard got.elementsEqual(want, by: { $0.name == $1.name && $0.value == $1.value }) else {
          Issue.record("labels differ, \(comment)")
          return
        }
      }
    }
  }

  static let hardValues: [Double] = [
    0, -0.0, 1, -1, 0.1, 0.5, 1e15, 9_007_199_254_740_992, -9_007_199_254_740_994, 1e16, 1e300, .leastNonzeroMagnitude,
    .infinity, -.infinity, .nan, Double(bitPattern: staleMarkerBits), Double(bitPattern: 0xfff8_0000_dead_beef), 4096,
    8192,
    1024, 3.141592653589793, 1_724_000_000.123, 1e-9, 123.456789, .greatestFiniteMagnitude, .leastNormalMagnitude,
  ]

  @Test func hardValuesInEveryOrder() throws {
    var coder = Coder()
    let reference = coder.table.intern(LabelSet([("__name__", "m")]))
    for first in Self.hardValues {
      for second in Self.hardValues {
        var batch = SampleBatch(stream: 0)
        batch.references = [reference]
        batch.timestamps = [5]
        batch.values = [first.bitPattern]
        try coder.check(batch, "\(first)")
        batch.values = [second.bitPattern]
        try coder.check(batch, "\(first) \(second)")
      }
    }
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>) func randomHistories(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var coder = Coder()
    var references: [SeriesReference] = []
    for number in 0..<Int.random(in: 1...80, using: &random) {
      var labels = LabelSet([("__name__", "metric_\(number % 7)"), ("job", "a")])
      for label in 0..<Int.random(in: 0...20, using: &random) {
        labels.append(
          name: Array("l\(label)".utf8).span,
          value: Array("v\(Int.random(in: 0...5, using: &random))é".utf8).span
        )
      }
      labels.append(name: Array("number".utf8).span, value: Array("\(number)".utf8).span)
      try labels.normalize()
      references.append(coder.table.intern(labels))
    }
    var lists = (0..<3).map { _ in references.shuffled(using: &random) }
    var values = references.map { _ in 0.0 }
    for step in 0..<120 {
      let stream = Int.random(in: 0..<3, using: &random)
      if Int.random(in: 0..<4, using: &random) == 0 {
        lists[stream] = Array(
          references.shuffled(using: &random).prefix(Int.random(in: 1...references.count, using: &random))
        )
      } else if Int.random(in: 0..<3, using: &random) == 0, lists[stream].count > 1 {
        lists[stream].remove(at: Int.random(in: 0..<lists[stream].count, using: &random))
      }
      var batch = SampleBatch(stream: UInt32(stream) * 1000)
      batch.references = lists[stream]
      batch.values = batch.references.map { reference in
        let index = Int(reference.rawValue)
        switch Int.random(in: 0..<8, using: &random) {
        case 0: values[index] = Self.hardValues.randomElement(using: &random)!
        case 1: values[index] = Double(bitPattern: random.next())
        case 2: values[index] += 1
        case 3: values[index] = (values[index] * 100).rounded() / 100 + 0.25
        default: break
        }
        return values[index].bitPattern
      }
      batch.timestamps =
        Bool.random(using: &random)
        ? [Int64(step) * 15_000]
        : batch.references.map { _ in Int64.random(in: -3...1_800_000_000_000, using: &random) / 3 }
      try coder.check(batch, "seed \(seed), step \(step)")
    }
  }

  @Test func extremeTimestamps() throws {
    var coder = Coder()
    var batch = SampleBatch(stream: 1)
    batch.references = (0..<4).map { coder.table.intern(LabelSet([("__name__", "m\($0)")])) }
    batch.values = [1, 2, 3, 4]
    batch.timestamps = [.max, .min, 0, .max]
    try coder.check(batch, "extremes")
  }

  @Test func unchangedScrapeCostsAFewBytes() throws {
    var table = SeriesTable(key: testKey)
    var encoder = SegmentEncoder()
    var batch = SampleBatch(stream: 1)
    batch.references = (0..<5000).map { table.intern(LabelSet([("__name__", "m"), ("n", "\($0)")])) }
    batch.values = batch.references.map { Double($0.rawValue).bitPattern }
    batch.timestamps = [1_000]
    var sizes: [Int] = []
    for sequence in 1...2 as ClosedRange<UInt64> {
      var definitions: [[UInt8]] = []
      var payload = ByteBuffer()
      _ = encoder.encode(batch, sequence: sequence, table: table, definitions: &definitions, payload: &payload)
      sizes.append(payload.count)
    }
    #expect(sizes[1] <= 8)
  }

  @Test func lostRecordBreaksItsStreamUpToTheResetAndNoOther() throws {
    var table = SeriesTable(key: testKey)
    var encoder = SegmentEncoder()
    var decoder = SegmentDecoder()
    var record = DecodedRecord()
    // Both streams name the same series, so a shared state would show.
    let references = (0..<50).map { table.intern(LabelSet([("__name__", "m\($0)")])) }
    var brokenCount = 0
    var wasReset = false
    for sequence in 1...400 as ClosedRange<UInt64> {
      var batch = SampleBatch(stream: UInt32(sequence % 2))
      batch.references = references
      batch.values = references.map { Double(sequence * 1000 + UInt64($0.rawValue)).bitPattern }
      batch.timestamps = [Int64(sequence)]
      var definitions: [[UInt8]] = []
      var payload = ByteBuffer()
      let lowest = encoder.encode(batch, sequence: sequence, table: table, definitions: &definitions, payload: &payload)
      for definition in definitions { try decoder.define(definition.span) }
      if sequence == 11 { continue }
      do {
        try decoder.decode(payload.span, sequence: sequence, sampleCount: 50, lowestTimestamp: lowest, into: &record)
        #expect(record.values == batch.values)
        if brokenCount > 0, sequence % 2 == 1 { wasReset = true }
      } catch {
        #expect(error == .brokenChain)
        #expect(sequence % 2 == 1 && sequence > 11 && !wasReset)
        brokenCount += 1
      }
    }
    #expect(brokenCount > 0)
    #expect(wasReset)
  }

  @Test func itemsComeBack() throws {
    var table = SeriesTable(key: testKey)
    var encoder = SegmentEncoder()
    var decoder = SegmentDecoder()
    let series = table.intern(LabelSet([("__name__", "h")]))
    let items = [
      OpaqueItem(kind: .histogram, series: series, timestamp: 20, message: [1, 2, 3]),
      OpaqueItem(kind: .metadata, series: nil, timestamp: -5, message: []),
      OpaqueItem(kind: .exemplar, series: series, timestamp: .max, message: [9]),
    ]
    var definitions: [[UInt8]] = []
    var payload = ByteBuffer()
    let lowest = encoder.encode(items: items, stream: 4, table: table, definitions: &definitions, payload: &payload)
    var record = DecodedRecord()
    for definition in definitions { try decoder.define(definition.span) }
    try decoder.decodeItems(payload.span, lowestTimestamp: lowest, into: &record)
    #expect(record.items.map(\.kind) == items.map(\.kind))
    #expect(record.items.map(\.timestamp) == items.map(\.timestamp))
    #expect(record.items.map(\.message) == items.map(\.message))
    #expect(record.items.map(\.series) == [0, nil, 0])
  }

  /// The payload's checksum keeps damage out; this is for what passes it all the same.
  @Test(arguments: 1...200 as ClosedRange<UInt64>) func mutatedPayloadsNeverTrap(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var table = SeriesTable(key: testKey)
    var encoder = SegmentEncoder()
    var decoder = SegmentDecoder()
    var record = DecodedRecord()
    for sequence in 1...12 as ClosedRange<UInt64> {
      var batch = SampleBatch(stream: UInt32(sequence % 2))
      batch.references = (0..<20).map { _ in
        table.intern(LabelSet([("__name__", "m\(Int.random(in: 0..<30, using: &random))"), ("z", "z")]))
      }
      batch.values = batch.references.map { _ in Bool.random(using: &random) ? random.next() : 0 }
      batch.timestamps = batch.references.map { _ in Int64.random(in: 0..<9, using: &random) }
      var definitions: [[UInt8]] = []
      var payload = ByteBuffer()
      let lowest = encoder.encode(batch, sequence: sequence, table: table, definitions: &definitions, payload: &payload)
      for definition in definitions {
        do { try decoder.define(mutated(definition, &random).span) } catch { #expect(error == .malformed) }
      }
      do {
        try decoder.decode(
          mutated(payload.array, &random).span,
          sequence: sequence,
          sampleCount: 20,
          lowestTimestamp: lowest,
          into: &record
        )
        #expect(record.values.count == 20)
      } catch {
        #expect(record.values.isEmpty)
      }
    }
  }

  private func mutated(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
      let index = Int.random(in: bytes.indices, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1: bytes[index] = UInt8.random(in: 0...255, using: &random)
      case 2: bytes.remove(at: index)
      default: bytes.insert(0xff, at: index)
      }
    }
    return bytes
  }
}
