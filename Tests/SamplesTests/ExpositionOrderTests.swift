import Samples
import Testing

/// A target's next series is guessed from the order of its scrape before: a scrape that is guessed has to be read as one is that is seen first.
@Suite struct ExpositionOrderTests {
  private let limits = ExpositionLimits(
    sampleCountMax: 50,
    labelCountMax: 10,
    labelNameByteCountMax: 100,
    labelValueByteCountMax: 100
  )

  private struct Reading: Equatable {
    var references: [SeriesReference] = []
    var values: [UInt64] = []
    var timestamps: [Int64] = []
    var summary: ExpositionParser.Summary?
    var failure: ExpositionFailure?
  }

  private func read(_ body: String, _ cache: inout ScrapeCache, _ table: inout SeriesTable) -> Reading {
    var parser = ExpositionParser(format: .text, limits: limits)
    var batch = SampleBatch(stream: 1)
    var reading = Reading()
    do throws(ExpositionFailure) {
      reading.summary = try parser.parse(Array(body.utf8), defaultTimestamp: 1000, cache: &cache, into: &batch) {
        $0.value(of: "drop") == nil ? .kept(table.intern($0)) : .dropped
      }
    } catch {
      reading.failure = error
      return reading
    }
    reading.references = batch.references
    reading.values = batch.values
    reading.timestamps = batch.references.indices.map { batch.timestamp($0) }
    #expect(batch.timestamps.count == (batch.isEmpty ? 0 : 1) || batch.timestamps.count == batch.count)
    return reading
  }

  private func number(_ random: inout SeededGenerator) -> String {
    let sign = ["", "", "", "-", "+"].randomElement(using: &random) ?? ""
    let digits = String(random.next() >> UInt64.random(in: 0...63, using: &random))
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return sign + digits + "." + String(random.next() >> UInt64.random(in: 0...63, using: &random))
    case 1: return sign + "." + digits
    case 2: return sign + digits + "."
    case 3: return sign + digits + "e" + String(Int.random(in: -30...30, using: &random))
    case 4: return ["NaN", "+Inf", "-Inf", "-0", "0", "00000000000000000000001"].randomElement(using: &random) ?? "0"
    case 5: return sign + "0." + String(repeating: "0", count: Int.random(in: 0...20, using: &random)) + digits
    case 6: return String(Double(bitPattern: random.next() >> 2))
    default: return sign + digits
    }
  }

  private func line(_ series: Int, _ random: inout SeededGenerator) -> String {
    let name = series % 7 == 3 ? "m{drop=\"\(series % 3)\"}" : "m{n=\"\(series)\"}"
    let blank = Int.random(in: 0..<10, using: &random) == 0 ? "\t " : " "
    let time = Int.random(in: 0..<20, using: &random) == 0 ? " \(Int.random(in: 999...1001, using: &random))" : ""
    let end = Int.random(in: 0..<20, using: &random) == 0 ? " \n" : "\n"
    return name + blank + number(&random) + time + end
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>) func aGuessChangesNothing(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var table = SeriesTable(key: testKey)
    var guessing = ScrapeCache(key: testKey)
    for round in 0..<20 {
      var body = Int.random(in: 0..<3, using: &random) == 0 ? "# TYPE m gauge\n" : ""
      var next = Int.random(in: 0..<6, using: &random) == 0 ? 5 : 0
      for _ in 0..<Int.random(in: 20...54, using: &random) {
        body += line(next % 48, &random)
        next += Int.random(in: 0..<30, using: &random) == 0 ? Int.random(in: 0..<48, using: &random) : 1
      }
      // A last line that doesn't end.
      if Int.random(in: 0..<5, using: &random) == 0 { body.removeLast() }
      var ignorant = ScrapeCache(key: testKey)
      var (got, expected) = (read(body, &guessing, &table), read(body, &ignorant, &table))
      // What a scrape ends or begins is a matter of the one before.
      got.summary?.ended = []
      got.summary?.newSeries = 0
      expected.summary?.newSeries = 0
      #expect(got == expected, "seed \(seed), round \(round)")
      if got.failure != nil {
        var ended: [SeriesReference] = []
        guessing.endAll(into: &ended)
      }
    }
  }
}
