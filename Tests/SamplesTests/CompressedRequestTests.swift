import Testing

@testable import Samples

/// A request that is compressed as it grows says to the byte what one says that is written out and compressed as a whole.
@Suite struct CompressedRequestTests {
  @Test(arguments: 1...5 as ClosedRange<UInt64>) func saysWhatIsSaidInFull(seed: UInt64) throws {
    var world = try ScrapeWorld(seed: seed, seriesCounts: [550, 60, 12, 3])
    var compressed = CompressedRequest()
    var plain = RemoteWriteEncoder()
    var buffer = ByteBuffer()
    for round in 0..<40 {
      // Now and then the timestamp takes more bytes, or as many as there are.
      let timestamp: Int64 = [5, 1_724_000_000_000, -1, 1 << 40][round < 36 ? 1 : round % 4] + Int64(round) * 15_000
      for stream in world.streams.indices {
        let record = try world.scrape(stream, at: timestamp)
        var start = 0
        while start < record.series.count {
          let isWhole = Int.random(in: 0..<4, using: &world.random) > 0
          let count =
            isWhole
            ? record.series.count - start : Int.random(in: 1...record.series.count - start, using: &world.random)
          compressed.append(record, start..<start + count, dictionary: world.codec.decoder.dictionary)
          plain.append(record, start..<start + count, dictionary: world.codec.decoder.dictionary)
          start += count
          guard Int.random(in: 0..<3, using: &world.random) == 0 else { continue }
          #expect(compressed.byteCount == plain.byteCount && compressed.sampleCount == plain.sampleCount)
          compressed.finish(into: &buffer)
          let said = try SnappyBlock.decompress(buffer.array, byteCountMax: 1 << 24)
          let isSame = said == plain.bytes.array
          #expect(isSame, "seed \(seed), round \(round)")
          plain.removeAll()
        }
      }
    }
    // Not everything was written out.
    #expect(compressed.recurringSampleCount > 1_500)
  }

  /// Series that never change their order, and values that settle: each scrape but the first few is filled in.
  @Test func whatRecursIsCompressedOnce() throws {
    var world = try ScrapeWorld(seed: 3, seriesCounts: [300])
    world.isRestless = false
    for index in world.streams[0].indices { world.streams[0][index].kind = index % 4 == 3 ? 4 : 0 }
    var compressed = CompressedRequest()
    var plain = RemoteWriteEncoder()
    var buffer = ByteBuffer()
    var (byteCount, plainByteCount) = (0, 0)
    for round in 0..<70 {
      let record = try world.scrape(0, at: 1_724_000_000_000 + Int64(round) * 15_000)
      compressed.append(record, 0..<300, dictionary: world.codec.decoder.dictionary)
      compressed.finish(into: &buffer)
      plain.removeAll()
      plain.append(record, 0..<300, dictionary: world.codec.decoder.dictionary)
      // By then what repeats was searched for at length.
      guard round >= 40 else { continue }
      byteCount += buffer.count
      plainByteCount += SnappyBlock.compress(plain.bytes.array).count
    }
    #expect(compressed.recurringSampleCount > 5_000)
    // Runs are shorter than what snappy looks back to, and values are found less often than where each is looked at.
    #expect(byteCount * 100 < plainByteCount * 102)
  }

  /// Labels so long that no block of a run could be filled in: they are written out each time.
  @Test(arguments: [1 << 10, 1 << 14]) func longLabels(byteCount: Int) throws {
    var random = SeededGenerator(seed: 11)
    var table = SeriesTable(key: testKey)
    var codec = RecordCodec()
    var batch = SampleBatch(stream: 0)
    for number in 0..<100 {
      let text = (0..<byteCount).map { _ in Character(Unicode.Scalar(UInt8.random(in: 97...122, using: &random))) }
      batch.references.append(table.intern(LabelSet([("__name__", "m\(number)"), ("text", String(text))])))
      batch.values.append(0)
    }
    var compressed = CompressedRequest()
    var plain = RemoteWriteEncoder()
    var buffer = ByteBuffer()
    for round in 1...5 {
      batch.timestamps = [Int64(round) + 1_724_000_000_000]
      try codec.write(batch, table)
      compressed.append(codec.record, 0..<100, dictionary: codec.decoder.dictionary)
      compressed.finish(into: &buffer)
      plain.removeAll()
      plain.append(codec.record, 0..<100, dictionary: codec.decoder.dictionary)
      let isSame = try SnappyBlock.decompress(buffer.array, byteCountMax: 1 << 24) == plain.bytes.array
      #expect(isSame)
    }
    #expect(compressed.recurringSampleCount == 0)
  }

  /// Two runs fill a request, whatever its size.
  @Test(arguments: [(1000, 500), (5000, 500), (300, 150)])
  func requestsAreCutBetweenRuns(sampleCountMax: Int, runCount: Int) throws {
    var world = try ScrapeWorld(seed: 5, seriesCounts: [1100])
    world.isRestless = false
    for index in world.streams[0].indices { world.streams[0][index].kind = 0 }
    var compressed = CompressedRequest()
    var buffer = ByteBuffer()
    var record = DecodedRecord()
    func extent(_ start: Int) -> Int {
      compressed.extent(record, start, sampleCountMax: sampleCountMax, dictionary: world.codec.decoder.dictionary)
    }
    for round in 0..<4 {
      record = try world.scrape(0, at: Int64(round))
      var start = 0
      while start < record.series.count {
        let end = min(start + extent(start), record.series.count)
        compressed.append(record, start..<end, dictionary: world.codec.decoder.dictionary)
        start = end
      }
      compressed.finish(into: &buffer)
    }
    #expect(extent(0) == runCount)
    // From the middle of a run to the beginning of the next one.
    #expect(extent(runCount - 50) == 50)
    #expect(compressed.recurringSampleCount == 2 * 1100)
  }
}

@Suite struct SnappyElementTests {
  /// Each form of a literal's and a copy's length, read by the reference implementation.
  @Test func areReadBack() throws {
    for literal in [1, 4, 59, 60, 61, 255, 256, 257, 65_535, 65_536, 65_537, 100_000] {
      for copy in [4, 11, 12, 59, 60, 61, 63, 64, 65, 67, 68, 69, 127, 128, 131, 1_000] {
        for offset in [1, 7, 2_047, 2_048, 65_535] where offset <= literal {
          var text = (0..<literal).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
          var block = ByteBuffer()
          block.append(varint: literal + copy)
          block.append(snappyLiteral: literal)
          block.append(text)
          block.append(snappyCopy: copy, offset: offset)
          for _ in 0..<copy { text.append(text[text.count - offset]) }
          #expect(
            try SnappyBlock.decompress(block.array, byteCountMax: 1 << 20) == text,
            "\(literal), \(copy), \(offset)"
          )
        }
      }
    }
  }

  /// Passing over elements comes to where reading them comes to.
  @Test func areSkippedAsTheyAreRead() {
    var block = ByteBuffer()
    for (literal, copy, offset) in [(61, 4, 1), (3, 130, 2_048), (300, 11, 2_047), (1, 64, 9), (70_000, 12, 65_535)] {
      block.append(snappyLiteral: literal)
      block.append([UInt8](repeating: 7, count: literal))
      block.append(snappyCopy: copy, offset: offset)
    }
    var all = SnappyElements(block.span)
    var ends = [0]
    while let element = all.next() { ends.append(ends[ends.count - 1] + element.count) }
    #expect(ends.count == 13)
    for end in ends.flatMap({ [$0 - 1, $0, $0 + 1] }) {
      var skipping = SnappyElements(block.span)
      let skipped = skipping.skip(before: end)
      var reading = SnappyElements(block.span)
      var (place, text) = (0, 0)
      var lastLiteral: (old: Int, text: Int)?
      while let element = reading.next(), text + element.count <= end {
        lastLiteral = element.isLiteral ? (place, text) : nil
        (place, text) = (reading.place, text + element.count)
      }
      let isSame = skipping.place == place && skipped.text == text
      #expect(isSame && skipped.lastLiteral?.old == lastLiteral?.old, "\(end)")
      #expect(skipped.lastLiteral?.text == lastLiteral?.text, "\(end)")
    }
  }
}
