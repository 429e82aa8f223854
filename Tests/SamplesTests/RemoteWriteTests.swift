import Samples
import Testing

@Suite struct RemoteWriteTests {
  /// What a receiver must be able to read, written out by hand from the 1.0 specification's message.
  private let golden: [UInt8] = [
    0x0a, 0x21,  // timeseries, 33 bytes
    0x0a, 0x0d, 0x0a, 0x08, 0x5f, 0x5f, 0x6e, 0x61, 0x6d, 0x65, 0x5f, 0x5f, 0x12, 0x01, 0x6d,  // __name__="m"
    0x12, 0x10, 0x09, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xf8, 0x3f, 0x10, 0x80, 0xb0, 0xa1, 0xb3, 0x96, 0x32,
  ]

  @Test func requestBytes() throws {
    var table = SeriesTable(key: testKey)
    var batch = SampleBatch(stream: 0)
    batch.references = [table.intern(LabelSet([("__name__", "m")]))]
    batch.values = [(1.5 as Double).bitPattern]
    batch.timestamps = [1_724_000_000_000]
    var codec = RecordCodec()
    try codec.write(batch, table)
    var request = RemoteWriteEncoder()
    request.append(codec.record, 0..<1, dictionary: codec.decoder.dictionary)
    let bytes = request.bytes.array
    #expect(bytes == golden)
  }

  @Test(arguments: 1...30 as ClosedRange<UInt64>) func whatIsSentIsReadBack(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var table = SeriesTable(key: testKey)
    var batch = SampleBatch(stream: 0)
    for number in 0..<Int.random(in: 1...300, using: &random) {
      var labels = LabelSet([("__name__", "metric_\(number % 11)"), ("n", "\(number)")])
      if number % 3 == 0 {
        labels.append(name: Array("a".utf8).span, value: Array(String(repeating: "é", count: 90).utf8).span)
      }
      try labels.normalize()
      batch.references.append(table.intern(labels))
      batch.values.append(random.next())
      batch.timestamps.append(Int64(bitPattern: random.next()) / 4)
    }
    var codec = RecordCodec()
    try codec.write(batch, table)
    var request = RemoteWriteEncoder()
    request.append(codec.record, 0..<batch.count, dictionary: codec.decoder.dictionary)
    var receiver = RemoteWriteDecoder(key: testKey, limits: RemoteWriteLimits(sampleCountMax: 1000))
    for _ in 0..<2 {
      var got = SampleBatch(stream: 0)
      let summary = try receiver.decodeVersion1(request.bytes, table: &table, into: &got)
      #expect(summary.samples == batch.count)
      #expect(got.values == batch.values && got.timestamps == batch.timestamps && got.references == batch.references)
    }
  }

  @Test func secondVersion() throws {
    var body = ByteBuffer()
    func field(_ number: UInt8, _ bytes: [UInt8], _ out: inout ByteBuffer) {
      out.append(number << 3 | 2)
      out.append(varint: bytes.count)
      out.append(bytes)
    }
    for symbol in ["", "__name__", "m", "trace", "x", "help text", "s"] { field(4, Array(symbol.utf8), &body) }
    var series = ByteBuffer()
    field(1, [1, 2], &series)
    field(2, [0x09, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0x10, 7], &series)
    field(3, [0x78, 9], &series)
    field(4, [0x0a, 2, 3, 4, 0x11, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0x18, 8], &series)
    field(5, [0x08, 1, 0x18, 5, 0x20, 6], &series)
    field(5, series.array, &body)
    var table = SeriesTable(key: testKey)
    var decoder = RemoteWriteDecoder(key: testKey, limits: RemoteWriteLimits(sampleCountMax: 10))
    var batch = SampleBatch(stream: 1)
    let summary = try decoder.decodeVersion2(body.span, table: &table, into: &batch)
    #expect(summary.samples == 1 && summary.histograms == 1 && summary.exemplars == 1 && summary.metadata == 1)
    #expect(batch.values == [(1.5 as Double).bitPattern] && batch.timestamps == [7])
    #expect(batch.items.map(\.kind) == [.histogram, .exemplar, .metadata])
    #expect(batch.items.map(\.timestamp) == [9, 8, 0])
    // The exemplar as 1.0 has it: its label spelled out.
    #expect(
      batch.items[1].message == [
        0x0a, 10, 0x0a, 5, 0x74, 0x72, 0x61, 0x63, 0x65, 0x12, 1, 0x78, 0x11, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0x18, 8,
      ]
    )
    #expect(batch.items[2].message == [0x08, 1, 0x12, 1, 0x6d, 0x22, 9] + Array("help text".utf8) + [0x2a, 1, 0x73])
    #expect(table.labels(batch.references[0]).map { String(decoding: $0.value, as: UTF8.self) } == ["m"])
  }

  @Test func malformedBodies() {
    var table = SeriesTable(key: testKey)
    for body: [UInt8] in [[0x0a, 0x05, 0x0a], [0x00], [0x0a, 0x02, 0x12, 0x09]] {
      var decoder = RemoteWriteDecoder(key: testKey, limits: RemoteWriteLimits())
      var batch = SampleBatch(stream: 0)
      #expect(throws: RemoteWriteDecoder.Failure.malformed, "\(body)") {
        _ = try decoder.decodeVersion1(body.span, table: &table, into: &batch)
      }
    }
  }

  @Test func sampleCountIsBounded() {
    var table = SeriesTable(key: testKey)
    let body = Array(repeatElement(golden, count: 5).joined())
    var decoder = RemoteWriteDecoder(key: testKey, limits: RemoteWriteLimits(sampleCountMax: 4))
    var batch = SampleBatch(stream: 0)
    #expect(throws: RemoteWriteDecoder.Failure.tooManySamples) {
      _ = try decoder.decodeVersion1(body.span, table: &table, into: &batch)
    }
  }

  @Test func corpusIsRead() throws {
    let files = Corpus.files("remote-write")
    #expect(files.map(\.name) == ["version1.bin", "version2.bin"])
    var table = SeriesTable(key: testKey)
    var decoder = RemoteWriteDecoder(key: testKey, limits: RemoteWriteLimits(sampleCountMax: 100))
    var batch = SampleBatch(stream: 0)
    let (version1, version2) = (files[0].bytes, files[1].bytes)
    let first = try decoder.decodeVersion1(version1.span, table: &table, into: &batch)
    #expect(first.samples == 8 && first.histograms == 1 && first.exemplars == 1 && first.metadata == 1)
    let second = try decoder.decodeVersion2(version2.span, table: &table, into: &batch)
    #expect(second.samples == 2 && second.histograms == 2 && second.exemplars == 2)
    // Both series say the same of one family.
    #expect(second.metadata == 1)
  }

  @Test(arguments: 1...400 as ClosedRange<UInt64>) func mutatedCorpusNeverTraps(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for (_, bytes) in Corpus.files("remote-write") {
      let body = Corpus.mutated(bytes, &random)
      var table = SeriesTable(key: testKey)
      var decoder = RemoteWriteDecoder(key: testKey, limits: RemoteWriteLimits(sampleCountMax: 10))
      var batch = SampleBatch(stream: 0)
      do { _ = try decoder.decodeVersion1(body.span, table: &table, into: &batch) } catch { batch.removeAll() }
      do { _ = try decoder.decodeVersion2(body.span, table: &table, into: &batch) } catch { batch.removeAll() }
      #expect(batch.values.count == batch.references.count, "seed \(seed)")
    }
  }
}
