import Samples
import Testing

/// Exemplars in OpenMetrics: kept with their series, by Prometheus' rules.
@Suite struct ExemplarTests {
  private final class Target {
    var cache = ScrapeCache(key: testKey)
    var table = SeriesTable(key: testKey)

    func scrape(_ lines: String) throws -> (SampleBatch, ExpositionParser.Summary) {
      var parser = ExpositionParser(
        format: .openMetrics,
        limits: ExpositionLimits(
          sampleCountMax: 100,
          keptSampleCountMax: 100,
          labelCountMax: 10,
          labelNameByteCountMax: 40,
          labelValueByteCountMax: 60
        )
      )
      var batch = SampleBatch(stream: 0)
      let summary = try parser.parse(
        Array((lines + "# EOF\n").utf8),
        defaultTimestamp: 5000,
        cache: &cache,
        into: &batch
      ) { [self] (labels: inout LabelSet) throws(ExpositionFailure.Reason) in
        if labels.value(of: "__name__") == "dropped" { return .dropped }
        return .kept(table.intern(labels))
      }
      return (batch, summary)
    }
  }

  /// An Exemplar of remote write 1.0, spelled by hand.
  private static func message(_ labels: [(String, String)], _ value: Double, _ timestamp: UInt64) -> [UInt8] {
    var message: [UInt8] = []
    func field(_ tag: UInt8, _ bytes: [UInt8]) -> [UInt8] { [tag, UInt8(bytes.count)] + bytes }
    for label in labels { message += field(0x0a, field(0x0a, Array(label.0.utf8)) + field(0x12, Array(label.1.utf8))) }
    message.append(0x11)
    message += (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> ($0 * 8)) }
    message.append(0x18)
    var rest = timestamp
    while rest >= 0x80 {
      message.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return message + [UInt8(rest)]
  }

  @Test(arguments: [
    (#"a_total 1 # {trace_id="x1"} 0.5"#, [("trace_id", "x1")], 0.5, 5000),
    (#"a_total 1 # {trace_id="x1"} 0.5 12.25"#, [("trace_id", "x1")], 0.5, 12_250),
    (#"a_total 1 9.5 # {} -3"#, [], -3, 9500),
    (#"a_total 1 # {b="\"\\",a="ü"} NaN 1e1"#, [("a", "ü"), ("b", "\"\\")], Double.nan, 10_000),
    (#"a_total 1 # {a="",b="c"} 7"#, [("b", "c")], 7, 5000),
  ]) func isKept(line: String, labels: [(String, String)], value: Double, timestamp: Int64) throws {
    let target = Target()
    let (batch, summary) = try target.scrape(line + "\n")
    let item = try #require(batch.items.first)
    #expect(batch.items.count == 1 && batch.count == 1 && summary.exemplars == 1 && batch.sampleCount == 1)
    #expect(item.kind == .exemplar && item.series == batch.references[0] && item.timestamp == timestamp)
    let bits = value.isNaN ? Double(bitPattern: 0x7ff8_0000_0000_0001) : value
    #expect(item.message == Self.message(labels, bits, UInt64(timestamp)))
  }

  @Test func atMost128Characters() throws {
    let target = Target()
    let fits = String(repeating: "ü", count: 126)
    let (batch, summary) = try target.scrape(
      "a_total 1 # {id=\"\(fits)\"} 1\nb_total 1 # {ids=\"\(fits)\"} 1\nc_total 1 # {a=\"1\",a=\"2\"} 1\n"
    )
    #expect(batch.count == 3 && batch.items.map(\.series) == [batch.references[0]])
    #expect(summary.exemplars == 1 && summary.refusedExemplars == 2)
  }

  /// A target shows an exemplar until it has another; it is forwarded once.
  @Test func onlyWhatIsNewIsKept() throws {
    let target = Target()
    let lines = ["a_total 1 # {t=\"1\"} 1 1\n", "a_total 2 # {t=\"1\"} 1 1\n", "a_total 3 # {t=\"2\"} 1 2\n"]
    #expect(try lines.map { try target.scrape($0).0.items.count } == [1, 0, 1])
    #expect(throws: ExpositionFailure.self) { try target.scrape("a_total 3 # {t=\"3\"} 1 3\nbad\n") }
    var ended: [SeriesReference] = []
    target.cache.endAll(into: &ended)
    #expect(try target.scrape("a_total 3 # {t=\"3\"} 1 3\n").0.items.count == 1)
  }

  @Test func onlyOfSamplesThatAreTaken() throws {
    let target = Target()
    let (batch, _) = try target.scrape(
      "dropped_total 1 # {t=\"1\"} 1\ndropped 1 # {t=\"1\"} 1\na 1\na 1 # {t=\"1\"} 1\n"
    )
    #expect(batch.count == 2 && batch.items.map(\.series) == [batch.references[0]])
  }
}
