import Samples
import Testing

/// After sweeps a client's series must still be the right ones, whichever numbers were given out again.
@Suite struct SweepTests {
  private func series(_ number: Int) -> [UInt8] {
    var buffer = ByteBuffer()
    func field(_ tag: UInt8, _ bytes: [UInt8]) -> [UInt8] { [tag, UInt8(bytes.count)] + bytes }
    for (name, value) in [("__name__", "m"), ("n", "\(number)")] {
      buffer.append(field(0x0a, field(0x0a, Array(name.utf8)) + field(0x12, Array(value.utf8))))
    }
    buffer.append(field(0x12, [0x09, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0x10, 1]))
    return field(0x0a, buffer.array)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>) func clientsMarkWhatTheyRemember(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var table = SeriesTable(key: testKey)
    var decoders = (0..<2).map { _ in RemoteWriteDecoder(key: testKey, limits: RemoteWriteLimits()) }
    for round in 0..<40 {
      let client = Int.random(in: 0..<2, using: &random)
      let numbers = (0..<Int.random(in: 1...50, using: &random)).map { _ in Int.random(in: 0..<120, using: &random) }
      var batch = SampleBatch(stream: 0)
      let body = numbers.flatMap(series)
      _ = try decoders[client].decodeVersion1(body.span, table: &table, into: &batch)
      for (number, reference) in zip(numbers, batch.references) {
        let value = table.labels(reference)[1].value
        #expect(String(decoding: value, as: UTF8.self) == "\(number)", "seed \(seed), round \(round)")
      }
      if round % 3 == 0 { decoders[client].forgetUnused() }
      if round % 4 == 0 {
        var marks = SeriesMarks(for: table)
        for decoder in decoders { decoder.mark(into: &marks) }
        table.sweep(keeping: marks)
        #expect(table.count <= decoders.reduce(0) { $0 + $1.seriesCount }, "seed \(seed)")
      }
    }
  }

  @Test func clientForgetsWhatItDoesNotSend() throws {
    var table = SeriesTable(key: testKey)
    var decoder = RemoteWriteDecoder(key: testKey, limits: RemoteWriteLimits())
    for round in 0..<4 {
      var batch = SampleBatch(stream: 0)
      let body = (round == 0 ? [1, 2, 3] : [2]).flatMap(series)
      _ = try decoder.decodeVersion1(body.span, table: &table, into: &batch)
      #expect(decoder.seriesCount == (round < 2 ? 3 : 1))
      decoder.forgetUnused()
    }
  }
}
