import Testing

@testable import Samples

/// A request of 2.0 that is cut as it was the last time says to the byte what one says that isn't compressed.
@Suite struct CompressedRequest2Tests {
  @Test(arguments: 1...5 as ClosedRange<UInt64>) func saysWhatIsSaidInFull(seed: UInt64) throws {
    var world = try ScrapeWorld(seed: seed, seriesCounts: [550, 60, 12, 3])
    let texts = RecurringTexts()
    var compressed = CompressedRequest2(texts)
    var plain = RemoteWrite2Encoder()
    var buffer = ByteBuffer()
    for round in 0..<60 {
      let timestamp: Int64 = [5, 1_724_000_000_000, -1, 1 << 40][round < 56 ? 1 : round % 4] + Int64(round) * 15_000
      for stream in world.streams.indices {
        let record = try world.scrape(stream, at: timestamp)
        compressed.append(record, 0..<record.series.count, dictionary: world.codec.decoder.dictionary)
        plain.append(record, 0..<record.series.count, dictionary: world.codec.decoder.dictionary)
        // Requests of several targets come again as well.
        guard stream != 1 else { continue }
        let isAsLong = compressed.byteCount == plain.byteCount
        #expect(isAsLong)
        compressed.finish(into: &buffer)
        let isSame = try SnappyBlock.decompress(buffer.array, byteCountMax: 1 << 24) == plain.finish()
        #expect(isSame, "seed \(seed), round \(round)")
      }
    }
    #expect(texts.recurringCount > 60)
  }

  /// Once it is known what changes, a request takes less than snappy makes of it.
  @Test func whatRecursTakesLess() throws {
    var world = try ScrapeWorld(seed: 3, seriesCounts: [300])
    world.isRestless = false
    for index in world.streams[0].indices { world.streams[0][index].kind = index % 4 == 3 ? 2 : 0 }
    let texts = RecurringTexts()
    var compressed = CompressedRequest2(texts)
    var plain = RemoteWrite2Encoder()
    var buffer = ByteBuffer()
    var (byteCount, plainByteCount) = (0, 0)
    for round in 0..<70 {
      let record = try world.scrape(0, at: 1_724_000_000_000 + Int64(round) * 15_000)
      compressed.append(record, 0..<300, dictionary: world.codec.decoder.dictionary)
      compressed.finish(into: &buffer)
      plain.append(record, 0..<300, dictionary: world.codec.decoder.dictionary)
      let plainBlock = SnappyBlock.compress(plain.finish())
      if round == 0 { #expect(buffer.array == plainBlock) }
      guard round >= 40 else { continue }
      byteCount += buffer.count
      plainByteCount += plainBlock.count
    }
    // All but the first two sights, and the two that were searched.
    #expect(texts.recurringCount == 66)
    #expect(byteCount * 100 < plainByteCount * 95, "\(byteCount), \(plainByteCount)")
  }

  /// Where all values begin to change in another way, it is searched again soon, not only when its time has come.
  @Test func anotherTimeIsSearchedAgain() throws {
    var world = try ScrapeWorld(seed: 4, seriesCounts: [300])
    world.isRestless = false
    let texts = RecurringTexts()
    var compressed = CompressedRequest2(texts)
    var buffer = ByteBuffer()
    var byteCounts: [Int] = []
    for round in 0..<110 {
      // Constant, and random from then on.
      for index in world.streams[0].indices { world.streams[0][index].kind = round < 60 ? 0 : 4 }
      let record = try world.scrape(0, at: 1_724_000_000_000 + Int64(round) * 15_000)
      compressed.append(record, 0..<300, dictionary: world.codec.decoder.dictionary)
      compressed.finish(into: &buffer)
      byteCounts.append(buffer.count)
    }
    #expect(byteCounts[65] > byteCounts[59] + 300 * 7)
    // Two sights, searches at the third and the 48th, and the one that the change brought.
    #expect(texts.recurringCount == 110 - 2 - 3)
  }
}
