import Samples
import Testing

@Suite struct ExpositionTests {
  private static let limits = ExpositionLimits(
    sampleCountMax: 100,
    keptSampleCountMax: 99,
    labelCountMax: 10,
    labelNameByteCountMax: 40,
    labelValueByteCountMax: 60
  )

  private final class Target {
    var cache = ScrapeCache(key: testKey)
    var table = SeriesTable(key: testKey)
    var timestamps = ExplicitTimestamps.honored
    var ended: [SeriesReference] = []

    func scrape(_ text: String, _ format: ExpositionFormat = .text) throws(ExpositionFailure) -> (
      SampleBatch, ExpositionParser.Summary
    ) { try scrape(Array(text.utf8), format) }

    func scrape(_ body: [UInt8], _ format: ExpositionFormat = .text) throws(ExpositionFailure) -> (
      SampleBatch, ExpositionParser.Summary
    ) {
      var parser = ExpositionParser(format: format, limits: limits, timestamps: timestamps)
      var batch = SampleBatch(stream: 0)
      let summary = try parser.parse(body, defaultTimestamp: 1000, cache: &cache, into: &batch) {
        (labels: inout LabelSet) throws(ExpositionFailure.Reason) in
        if labels.value(of: "__name__") == "dropped" { return .dropped }
        if labels.value(of: "__name__") == "too_much" { throw .seriesBudget }
        do throws(LabelSet.Failure) { try labels.normalize() } catch { throw .labelName }
        return .kept(self.table.intern(labels))
      }
      ended = summary.ended
      return (batch, summary)
    }

    func text(_ reference: SeriesReference) -> String {
      table.labels(reference).map {
        "\(String(decoding: $0.name, as: UTF8.self))=\(String(decoding: $0.value, as: UTF8.self))"
      }
      .joined(separator: ";")
    }
  }

  @Test(arguments: [
    ("m 1\n", "__name__=m", 1), ("m 1", "__name__=m", 1), ("  m\t 1 \n", "__name__=m", 1),
    (#"m{a="b"} 2.5"# + "\n", "__name__=m;a=b", 2.5), (#"m{a="b",} 2"# + "\n", "__name__=m;a=b", 2),
    (#"m { a = "b" } 2"# + "\n", "", 0), (#"m{ a = "b" , c="d"} 2"# + "\n", "__name__=m;a=b;c=d", 2),
    (#"m{a="}\"\\\n,# {"} 3"# + "\n", "__name__=m;a=}\"\\\n,# {", 3), (#"m{a="\x"} 3"# + "\n", #"__name__=m;a=\x"#, 3),
    (#"m{z="1",a="2",e=""} 4"# + "\n", "__name__=m;a=2;z=1", 4), (#"{"m.x",a="1"} 5"# + "\n", "__name__=m.x;a=1", 5),
    (#"{"m","l.é"="ü"} 5"# + "\n", "__name__=m;l.é=ü", 5), (":m:_1{} 1e3\n", "__name__=:m:_1", 1000),
    ("# HELP m text\n# TYPE m counter\n#\n\nm 7\n", "__name__=m", 7),
  ]) func series(text: String, labels: String, value: Double) {
    let target = Target()
    do {
      let (batch, _) = try target.scrape(text)
      #expect(batch.references.map { target.text($0) } == [labels])
      #expect(batch.values == [value.bitPattern])
    } catch {
      #expect(labels.isEmpty, "\(error)")
    }
  }

  @Test(
    arguments: [
      ("m\n", .value, 1), ("m x\n", .value, 1), ("m 1 x\n", .timestamp, 1), ("m 1 1.5\n", .timestamp, 1),
      ("m 1 2 3\n", .unexpectedByte, 1),
      ("1m 1\n", .metricName, 1), ("m 1\n\nm{a=b} 1\n", .labelValue, 3), ("m{a=\"b\" 1\n", .metricName, 1),
      ("m{a=\"b} 1\n", .metricName, 1),
      ("m{1a=\"b\"} 1\n", .labelName, 1), ("m{a=\"b\"c=\"d\"} 1\n", .unexpectedByte, 1),
      ("{a=\"b\"} 1\n", .metricName, 1), ("m{,} 1\n", .labelName, 1), ("m 1\r\n", .unexpectedByte, 1),
      ("m 0x10\n", .value, 1),
      ("m 1_000\n", .value, 1), ("m 1e\n", .value, 1), ("m .\n", .value, 1),
      ("m 1 99999999999999999999\n", .timestamp, 1),
      ("m{a=\"\(String(repeating: "x", count: 61))\"} 1\n", .labelValueTooLong, 1),
      ("m{\(String(repeating: "x", count: 41))=\"\"} 1\n", .labelNameTooLong, 1), ("m\u{0} 1\n", .metricName, 1),
      ("m{\((0..<11).map { "l\($0)=\"1\"" }.joined(separator: ","))} 1\n", .tooManyLabels, 1),
      (String(repeating: "dropped 1 1\n", count: 101), .tooManySamples, 101),
      (String(repeating: "m 1 1\n", count: 100), .sampleLimit, 100), ("m 1\ntoo_much 1\n", .seriesBudget, 2),
    ] as [(String, ExpositionFailure.Reason, Int)]
  ) func malformed(text: String, reason: ExpositionFailure.Reason, line: Int) {
    #expect(throws: ExpositionFailure(reason, line: line)) { try Target().scrape(text) }
  }

  @Test func invalidUTF8IsRefused() {
    #expect(throws: ExpositionFailure(.invalidUTF8, line: 1)) {
      try Target().scrape(Array("m{a=\"".utf8) + [0xff] + Array("\"} 1\n".utf8))
    }
  }

  @Test(
    arguments: [
      ("m 1\n# EOF", nil), ("m 1\n# EOF\n", nil), ("m 1 1.5\n# EOF\n", nil),
      ("m_bucket{le=\"1\"} 5 # {t=\"x\"} 0.5 1.2\n# EOF\n", nil),
      ("m 1 # {} 1\n# EOF\n", nil), ("m 1\n", .missingEndOfFile), ("# EOF\nm 1\n", .dataAfterEndOfFile),
      ("m 1\n\n# EOF\n", .unexpectedByte),
      ("m 1 # {t=\"x\"}\n# EOF\n", .exemplar), ("m 1 # x\n# EOF\n", .exemplar), ("m 1", .missingEndOfFile),
    ] as [(String, ExpositionFailure.Reason?)]
  ) func openMetrics(text: String, reason: ExpositionFailure.Reason?) throws {
    do {
      let (batch, _) = try Target().scrape(text, .openMetrics)
      #expect(reason == nil && batch.count == 1)
      if text.contains("1.5") { #expect(batch.timestamps == [1500]) }
    } catch {
      #expect(error.reason == reason)
    }
  }

  /// Every number as `Double` reads it, to the bit.
  @Test(arguments: 1...20 as ClosedRange<UInt64>) func numbers(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<400 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      var text = "\(value)"
      switch Int.random(in: 0..<4, using: &random) {
      case 0: text = "\(Int64(bitPattern: random.next()) >> Int64.random(in: 0..<60, using: &random))"
      case 1:
        text = "\(Int.random(in: -9_999_999...9_999_999, using: &random)).\(UInt32(truncatingIfNeeded: random.next()))"
      case 2: text = "\(random.next()).\(random.next())e\(Int.random(in: -330...300, using: &random))"
      default: break
      }
      let (batch, _) = try Target().scrape("m \(text)\n")
      #expect(batch.values == [Double(text)!.bitPattern], "\(text), seed \(seed)")
    }
  }

  @Test func specialNumbers() throws {
    for (text, bits): (String, UInt64) in [
      ("NaN", 0x7ff8_0000_0000_0001), ("nan", 0x7ff8_0000_0000_0001), ("+Inf", Double.infinity.bitPattern),
      ("-Inf", (-Double.infinity).bitPattern), ("inf", Double.infinity.bitPattern), ("-0", (-0.0).bitPattern),
      ("+1", (1.0 as Double).bitPattern),
    ] {
      let (batch, _) = try Target().scrape("m \(text)\n")
      #expect(batch.values == [bits], "\(text)")
    }
  }

  @Test func seriesThatEndAreNamedOnce() throws {
    let target = Target()
    _ = try target.scrape("a 1\nb 1\nc 1\nwith_time 1 5\n")
    let (second, summary) = try target.scrape("c 2\na 2\ndropped 1\na 3\n")
    #expect(second.references.map { target.text($0) } == ["__name__=c", "__name__=a"])
    #expect(summary.exposed == 4 && summary.added == 2 && summary.kept == 3)
    #expect(summary.newSeries == 0 && summary.duplicates == 1)
    #expect(target.ended.map { target.text($0) } == ["__name__=b"])
    let (_, third) = try target.scrape("c 2\nb 1\na 2\n")
    #expect(target.ended.isEmpty && third.newSeries == 1)
  }

  @Test func aLabelTwiceRefusesItsSampleOnly() throws {
    let target = Target()
    for _ in 0..<2 {
      let (batch, summary) = try target.scrape("m{a=\"1\",a=\"2\"} 1\nn 2\nm{a=\"\",a=\"2\"} 3\n")
      #expect(batch.references.map { target.text($0) } == ["__name__=n"])
      #expect(summary.refused == 2 && summary.exposed == 3 && summary.kept == 3)
    }
  }

  @Test func timestampsAsTheJobSays() throws {
    let target = Target()
    target.timestamps = ExplicitTimestamps(isHonored: false, endsWithMarker: false, range: 0...10)
    #expect(try target.scrape("a 1 5\nb 1 70\n").0.timestamps == [1000])
    _ = try target.scrape("a 1 5\n")
    #expect(target.ended.count == 1)
    target.timestamps = ExplicitTimestamps(isHonored: true, endsWithMarker: true, range: 0...10)
    let (batch, summary) = try target.scrape("a 1 11\nb 1 -1\nb 2 0\na 2 10\nd 3\n")
    #expect(batch.timestamps == [0, 10, 1000] && summary.outOfRange == 2 && summary.kept == 5)
    _ = try target.scrape("d 3\n")
    #expect(target.ended.map { target.text($0) } == ["__name__=a", "__name__=b"])
  }

  /// Series that come, go, fail and come back, against a set.
  @Test(arguments: 1...40 as ClosedRange<UInt64>) func staleness(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let target = Target()
    var before: Set<String> = []
    // What a failed scrape brought, or the one before: no news when it comes again.
    var known: Set<String> = []
    var failed: Set<String> = []
    var failures = 0
    for _ in 0..<400 {
      var exposed = (0..<30).map { "__name__=m\($0)" }.filter { _ in Int.random(in: 0..<10, using: &random) > 0 }
      if Int.random(in: 0..<4, using: &random) == 0 { exposed.shuffle(using: &random) }
      if Int.random(in: 0..<6, using: &random) == 0 { exposed = Array(exposed.prefix(3)) }
      let text = exposed.map { "\($0.dropFirst(9)) 1\n" }.joined()
      if Int.random(in: 0..<8, using: &random) == 0 {
        // Fails half way, with a series that never was.
        let other = "x\(Int.random(in: 0..<99, using: &random))"
        #expect(throws: ExpositionFailure.self) { try target.scrape(text + "\(other) 1\nbad\n") }
        failures += 1
        failed.formUnion(exposed + ["__name__=\(other)"])
        known.formUnion(before.union(failed))
        if failures > 4 { (known, failed) = (before, []) }
        var ended: [SeriesReference] = []
        target.cache.endAll(into: &ended)
        #expect(Set(ended.map { target.text($0) }) == before && ended.count == before.count, "seed \(seed)")
        before = []
        continue
      }
      let (batch, summary) = try target.scrape(text)
      #expect(batch.references.map { target.text($0) } == exposed, "seed \(seed)")
      #expect(Set(target.ended.map { target.text($0) }) == before.subtracting(exposed), "seed \(seed)")
      #expect(target.ended.count == Set(target.ended).count, "seed \(seed)")
      #expect(summary.newSeries == Set(exposed).subtracting(before).subtracting(known).count, "seed \(seed)")
      (known, failed, failures) = (failed, [], 0)
      #expect(target.cache.count <= 130, "seed \(seed)")
      before = Set(exposed)
    }
  }

  @Test(arguments: 1...30 as ClosedRange<UInt64>) func anyOrderGivesTheSameSeries(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let target = Target()
    var names = (0..<60).map { "m\($0){x=\"\($0 % 3)\"}" }
    for _ in 0..<40 {
      if Bool.random(using: &random) { names.shuffle(using: &random) }
      let exposed = names.prefix(Int.random(in: 0...60, using: &random))
      let (batch, _) = try target.scrape(exposed.map { "\($0) 1\n" }.joined())
      let want = exposed.map { name in "__name__=\(name.prefix { $0 != "{" });x=\(name.dropLast(2).last!)" }
      #expect(batch.references.map { target.text($0) } == want, "seed \(seed)")
    }
  }

  @Test func corpusIsRead() throws {
    for (name, bytes) in Corpus.files("exposition") {
      let (batch, _) = try Target().scrape(bytes, name.hasPrefix("openmetrics") ? .openMetrics : .text)
      #expect(batch.count > 0, "\(name)")
    }
    #expect(Corpus.files("exposition").count == 8)
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>) func mutatedCorpusNeverTraps(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for (_, bytes) in Corpus.files("exposition") {
      for round in 0..<12 {
        let body = Corpus.mutated(bytes, &random)
        let target = Target()
        // Twice, for what the first left in the cache.
        for _ in 0..<2 {
          do {
            let (batch, summary) = try target.scrape(body, round % 2 == 0 ? .text : .openMetrics)
            #expect(batch.values.count == batch.references.count && summary.added == batch.count, "seed \(seed)")
          } catch { #expect(error.line >= 1, "seed \(seed)") }
        }
      }
    }
  }
}
