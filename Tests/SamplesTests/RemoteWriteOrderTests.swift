import Samples
import Testing

/// A client's next series is guessed from the order of its requests before: whatever comes, a decoder that guesses has to read what one reads
/// that knows nothing yet.
@Suite struct RemoteWriteOrderTests {
  private func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
    var out = ByteBuffer()
    out.append(number << 3 | 2)
    out.append(varint: bytes.count)
    out.append(bytes)
    return out.array
  }

  private func label(_ name: String, _ value: String) -> [UInt8] {
    field(1, field(1, Array(name.utf8)) + field(2, Array(value.utf8)))
  }

  /// Lengths repeat, so that a wrong guess may have the right length.
  private func labels(_ number: Int) -> [UInt8] { label("__name__", "m") + label("n", "\(number)") }

  private func sample(_ value: UInt64?, _ timestamp: Int64) -> [UInt8] {
    var out = ByteBuffer()
    if let value {
      out.append(0x09)
      out.append(littleEndian: value)
    }
    out.append(0x10)
    out.append(varint: UInt64(bitPattern: timestamp))
    return field(2, out.array)
  }

  /// A request as some sender might put it: now and then out of order, with several samples, with a label behind them or with a field that
  /// nobody knows.
  private func request(_ random: inout SeededGenerator) -> [UInt8] {
    var body: [UInt8] = []
    var next = Int.random(in: 0..<20, using: &random)
    for _ in 0..<Int.random(in: 0...30, using: &random) {
      var bytes = labels(next % 40)
      next = Int.random(in: 0..<10, using: &random) == 0 ? Int.random(in: 0..<40, using: &random) : next + 1
      let samples = [1, 1, 1, 1, 1, 1, 0, 2].randomElement(using: &random) ?? 1
      for _ in 0..<samples {
        let timestamp = Int64.random(in: -2...(1 << Int64.random(in: 1...62, using: &random)), using: &random)
        bytes += sample([nil, 0, random.next()].randomElement(using: &random) ?? nil, timestamp)
      }
      switch Int.random(in: 0..<16, using: &random) {
      case 0: bytes += label("late", "\(next)")
      case 1: bytes += [0x78, 9]
      case 2: bytes = label("early", "1") + bytes
      case 3: bytes += field(4, [0x78, 9])
      default: break
      }
      body += field(1, bytes)
    }
    return body
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>) func aGuessChangesNothing(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var table = SeriesTable(key: testKey)
    let limits = RemoteWriteLimits(sampleCountMax: 200)
    var guessing = RemoteWriteDecoder(key: testKey, limits: limits)
    let timestamps: ClosedRange<Int64> = 0...(1 << 60)
    for round in 0..<30 {
      let body = request(&random)
      if round % 11 == 10 { guessing.forgetUnused() }
      var ignorant = RemoteWriteDecoder(key: testKey, limits: limits)
      var (got, expected) = (SampleBatch(stream: 0), SampleBatch(stream: 0))
      let first = try guessing.decodeVersion1(body.span, timestamps: timestamps, table: &table, into: &got)
      let second = try ignorant.decodeVersion1(body.span, timestamps: timestamps, table: &table, into: &expected)
      #expect(first == second, "seed \(seed), round \(round)")
      #expect(got.references == expected.references, "seed \(seed), round \(round)")
      #expect(got.values == expected.values && got.timestamps == expected.timestamps, "seed \(seed), round \(round)")
      #expect(got.items == expected.items, "seed \(seed), round \(round)")
    }
  }

  @Test func samplesOfKnownSeriesAreBounded() throws {
    var table = SeriesTable(key: testKey)
    var decoder = RemoteWriteDecoder(key: testKey, limits: RemoteWriteLimits(sampleCountMax: 3))
    let one = field(1, labels(1) + sample(1, 1)) + field(1, labels(2) + sample(nil, 1))
    var batch = SampleBatch(stream: 0)
    #expect(try decoder.decodeVersion1(one.span, table: &table, into: &batch).samples == 2)
    #expect(batch.values == [1, 0])
    // With those that are there already.
    #expect(throws: RemoteWriteDecoder.Failure.tooManySamples) {
      _ = try decoder.decodeVersion1(one.span, table: &table, into: &batch)
    }
  }
}
