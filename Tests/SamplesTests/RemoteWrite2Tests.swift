import Samples
import Testing

@Suite struct RemoteWrite2Tests {
  private let key = testKey

  private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  private static func message(_ build: (inout ByteBuffer) -> Void) -> [UInt8] {
    var buffer = ByteBuffer()
    build(&buffer)
    return buffer.array
  }

  private static func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
    message {
      $0.append(number << 3 | 2)
      $0.append(varint: bytes.count)
      $0.append(bytes)
    }
  }

  private static func metadata(_ family: String, type: UInt8, help: String, unit: String) -> [UInt8] {
    [0x08, type] + field(2, bytes(family)) + field(4, bytes(help)) + field(5, bytes(unit))
  }

  /// A segment with one record of samples and one of items.
  private struct Segment: ~Copyable {
    var decoder = SegmentDecoder()
    var samples = DecodedRecord()
    var items = DecodedRecord()

    init(_ batch: SampleBatch, _ table: SeriesTable) throws {
      var encoder = SegmentEncoder()
      var definitions: [[UInt8]] = []
      var payload = ByteBuffer()
      var lowest = encoder.encode(batch, sequence: 1, table: table, definitions: &definitions, payload: &payload)
      for definition in definitions { try decoder.define(definition.span) }
      try decoder.decode(
        payload.span,
        sequence: 1,
        sampleCount: batch.count,
        lowestTimestamp: lowest,
        into: &samples
      )
      definitions = []
      payload.removeAll()
      lowest = encoder.encode(
        items: batch.items,
        stream: batch.stream,
        table: table,
        definitions: &definitions,
        payload: &payload
      )
      for definition in definitions { try decoder.define(definition.span) }
      try decoder.decodeItems(payload.span, lowestTimestamp: lowest, into: &items)
    }
  }

  private func decode(_ request: [UInt8], _ table: inout SeriesTable) throws -> SampleBatch {
    var decoder = RemoteWriteDecoder(key: key, limits: RemoteWriteLimits())
    var batch = SampleBatch(stream: 0)
    _ = try decoder.decodeVersion2(request.span, table: &table, into: &batch)
    return batch
  }

  /// What every kind of thing looks like in a request; a reader of another make reads the same bytes (test_remote_write_messages.py).
  @Test func requestBytes() throws {
    var table = SeriesTable(key: key)
    var batch = SampleBatch(stream: 0)
    for (name, labels, value) in [
      ("requests_total", [("code", "200"), ("path", "/")], 1.5),
      ("requests_total", [("code", "500"), ("path", "/")], 0),
      ("latency_seconds_bucket", [("le", "+Inf")], -0.0), ("größe", [("ü", "é"), ("v", "\u{1F600}")], .infinity),
    ] as [(String, [(String, String)], Double)] {
      var set = LabelSet([("__name__", name)] + labels)
      try set.normalize()
      batch.references.append(table.intern(set))
      batch.values.append(value.bitPattern)
      batch.timestamps.append(1_724_000_000_000 + Int64(batch.timestamps.count))
    }
    batch.references.append(batch.references[0])
    batch.values.append(staleMarkerBits)
    batch.timestamps.append(1_724_000_015_000)
    let histogram: [UInt8] = [0x08, 5, 0x19, 0, 0, 0, 0, 0, 0, 0x24, 0x40, 0x20, 4, 0x78, 0x09, 0x88, 0x01, 0x07]
    let exemplar =
      Self.field(1, Self.field(1, Self.bytes("trace_id")) + Self.field(2, Self.bytes("abc"))) + [
        0x11, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0x18, 8,
      ]
    batch.items = [
      OpaqueItem(
        kind: .metadata,
        series: nil,
        timestamp: 0,
        message: Self.metadata("requests", type: 1, help: "Requests.", unit: "requests")
      ),
      OpaqueItem(kind: .exemplar, series: batch.references[1], timestamp: 8, message: exemplar),
      OpaqueItem(kind: .histogram, series: batch.references[3], timestamp: 9, message: histogram),
    ]
    let segment = try Segment(batch, table)
    var encoder = RemoteWrite2Encoder()
    encoder.appendItems(segment.items, 0..<3, dictionary: segment.decoder.dictionary)
    encoder.append(segment.samples, 0..<5, dictionary: segment.decoder.dictionary)
    let sampleCount = encoder.sampleCount
    #expect(sampleCount == 6)
    let request = encoder.finish()
    let (isEmpty, leftOutCount) = (encoder.isEmpty, encoder.leftOutExemplarCount)
    #expect(isEmpty && leftOutCount == 0)

    let files = Corpus.files("remote-write-sent")
    #expect(files.map(\.name) == ["version2.bin"])
    #expect(request == files.first?.bytes, "\(request)")

    let got = try decode(request, &table)
    #expect(got.references == batch.references && got.values == batch.values && got.timestamps == batch.timestamps)
    #expect(got.items.filter { $0.kind == .histogram }.map(\.message) == [histogram])
    #expect(got.items.filter { $0.kind == .exemplar }.map(\.message) == [exemplar])
    #expect(got.items.filter { $0.kind == .exemplar }.map(\.series) == [batch.references[1]])
    let metadata = got.items.filter { $0.kind == .metadata }.map(\.message)
    // The help text goes with one series; 1.0 has the series' name where it has the family's. What a decoder was told it doesn't repeat.
    #expect(metadata.count == 2)
    #expect(metadata.contains(Self.metadata("requests_total", type: 1, help: "Requests.", unit: "requests")))
  }

  @Test(arguments: 1...30 as ClosedRange<UInt64>) func whatIsSentIsReadBack(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var table = SeriesTable(key: key)
    var encoder = RemoteWrite2Encoder()
    for _ in 0..<3 {
      // Two segments have a part in one request; their numbers mean different things.
      var expected = SampleBatch(stream: 0)
      var exemplarCount = 0
      for segmentNumber in 0..<2 {
        var batch = SampleBatch(stream: UInt32(segmentNumber))
        for number in 0..<Int.random(in: 1...400, using: &random) {
          var labels = LabelSet([("__name__", "m\(Int.random(in: 0..<30, using: &random))"), ("n", "\(number)")])
          if Bool.random(using: &random) {
            labels.append(name: Self.bytes("Z").span, value: Self.bytes("\(seed)").span)
          }
          try labels.normalize()
          batch.references.append(table.intern(labels))
          batch.values.append(Bool.random(using: &random) ? random.next() : 0)
          batch.timestamps.append(Int64(bitPattern: random.next()) / 4)
        }
        for index in 0..<Int.random(in: 0..<20, using: &random) {
          let reference = batch.references[index % batch.count]
          let label = Self.field(1, Self.field(1, Self.bytes("t")) + Self.field(2, Self.bytes("\(random.next())")))
          batch.items.append(OpaqueItem(kind: .exemplar, series: reference, timestamp: 3, message: label + [0x18, 3]))
        }
        let segment = try Segment(batch, table)
        // Half of the exemplars come before their samples, half after.
        let middle = batch.items.count / 2
        encoder.appendItems(segment.items, 0..<middle, dictionary: segment.decoder.dictionary)
        let cut = Int.random(in: 0...batch.count, using: &random)
        encoder.append(segment.samples, 0..<cut, dictionary: segment.decoder.dictionary)
        encoder.append(segment.samples, cut..<batch.count, dictionary: segment.decoder.dictionary)
        encoder.appendItems(segment.items, middle..<batch.items.count, dictionary: segment.decoder.dictionary)
        expected.references += batch.references
        expected.values += batch.values
        expected.timestamps += batch.timestamps
        expected.items += batch.items
        exemplarCount += batch.items.count
      }
      let sampleCount = encoder.sampleCount
      #expect(sampleCount == expected.count)
      let got = try decode(encoder.finish(), &table)
      #expect(got.references == expected.references && got.values == expected.values, "seed \(seed)")
      #expect(got.timestamps == expected.timestamps, "seed \(seed)")
      #expect(got.items.count == exemplarCount && Set(got.items) == Set(expected.items), "seed \(seed)")
    }
    let leftOutCount = encoder.leftOutExemplarCount
    #expect(leftOutCount == 0)
  }

  /// An exemplar can't stand alone in 2.0: a TimeSeries has to hold a sample or a histogram.
  @Test func exemplarWithoutSampleIsLeftOut() throws {
    var table = SeriesTable(key: key)
    var batch = SampleBatch(stream: 0)
    batch.references = [table.intern(LabelSet([("__name__", "a")])), table.intern(LabelSet([("__name__", "b")]))]
    batch.values = [1, 2]
    batch.timestamps = [5]
    batch.items = [OpaqueItem(kind: .exemplar, series: batch.references[1], timestamp: 5, message: [0x18, 5])]
    let segment = try Segment(batch, table)
    var encoder = RemoteWrite2Encoder()
    encoder.appendItems(segment.items, 0..<1, dictionary: segment.decoder.dictionary)
    let isEmpty = encoder.isEmpty
    #expect(isEmpty)
    encoder.append(segment.samples, 0..<1, dictionary: segment.decoder.dictionary)
    let got = try decode(encoder.finish(), &table)
    #expect(got.items.isEmpty && got.references == [batch.references[0]])
    let leftOutCount = encoder.leftOutExemplarCount
    #expect(leftOutCount == 1)
  }

  @Test func helpTextIsSentOnceForEachTimeItComes() throws {
    var table = SeriesTable(key: key)
    var batch = SampleBatch(stream: 0)
    for number in 0..<3 { batch.references.append(table.intern(LabelSet([("__name__", "m"), ("n", "\(number)")]))) }
    batch.values = [1, 2, 3]
    batch.timestamps = [5]
    batch.items = [
      OpaqueItem(
        kind: .metadata,
        series: nil,
        timestamp: 0,
        message: Self.metadata("m", type: 2, help: "Text.", unit: "s")
      )
    ]
    let segment = try Segment(batch, table)
    var encoder = RemoteWrite2Encoder()
    for round in 0..<4 {
      if round % 2 == 0 { encoder.appendItems(segment.items, 0..<1, dictionary: segment.decoder.dictionary) }
      encoder.append(segment.samples, 0..<3, dictionary: segment.decoder.dictionary)
      let messages = try decode(encoder.finish(), &table).items.map(\.message)
      let short = [0x08, 2] + Self.field(2, Self.bytes("m")) + Self.field(5, Self.bytes("s"))
      let first = round % 2 == 0 ? Self.metadata("m", type: 2, help: "Text.", unit: "s") : short
      #expect(messages == (round % 2 == 0 ? [first, short] : [short]), "round \(round)")
    }
  }

  @Test func metadataFindsTheSeriesOfItsFamily() throws {
    for (type, family, name, isFound): (UInt8, String, String, Bool) in [
      (1, "a", "a_total", true), (1, "a_total", "a_total", true), (2, "a", "a_total", false),
      (3, "a", "a_bucket", true),
      (5, "a", "a_sum", true), (5, "a", "a_bucket", false), (4, "a", "a_gcount", true), (6, "a", "a_info", true),
      (2, "a", "ab", false),
    ] {
      var table = SeriesTable(key: key)
      var batch = SampleBatch(stream: 0)
      batch.references = [table.intern(LabelSet([("__name__", name)]))]
      batch.values = [1]
      batch.timestamps = [5]
      batch.items = [
        OpaqueItem(
          kind: .metadata,
          series: nil,
          timestamp: 0,
          message: Self.metadata(family, type: type, help: "h", unit: "")
        )
      ]
      let segment = try Segment(batch, table)
      var encoder = RemoteWrite2Encoder()
      encoder.appendItems(segment.items, 0..<1, dictionary: segment.decoder.dictionary)
      encoder.append(segment.samples, 0..<1, dictionary: segment.decoder.dictionary)
      let items = try decode(encoder.finish(), &table).items
      #expect(items.isEmpty != isFound, "\(family), \(name)")
    }
  }

  @Test(arguments: 1...200 as ClosedRange<UInt64>) func strangeItemsNeverTrap(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var table = SeriesTable(key: key)
    var batch = SampleBatch(stream: 0)
    batch.references = [table.intern(LabelSet([("__name__", "m")]))]
    batch.values = [1]
    batch.timestamps = [5]
    let label = Self.field(1, Self.field(1, Self.bytes("t")) + Self.field(2, Self.bytes("u")))
    for _ in 0..<5 {
      let exemplar = Corpus.mutated(label + [0x11, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0x18, 3], &random)
      batch.items.append(OpaqueItem(kind: .exemplar, series: batch.references[0], timestamp: 3, message: exemplar))
      let metadata = Corpus.mutated(Self.metadata("m", type: 1, help: "h", unit: "u"), &random)
      batch.items.append(OpaqueItem(kind: .metadata, series: nil, timestamp: 0, message: metadata))
    }
    let segment = try Segment(batch, table)
    var encoder = RemoteWrite2Encoder()
    encoder.appendItems(segment.items, 0..<10, dictionary: segment.decoder.dictionary)
    encoder.append(segment.samples, 0..<1, dictionary: segment.decoder.dictionary)
    let got = try decode(encoder.finish(), &table)
    #expect(got.values == [1], "seed \(seed)")
  }
}
