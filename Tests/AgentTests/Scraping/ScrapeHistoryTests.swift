import Agent
import Samples
import Testing

/// Histories of random scrapes, against a scraper that is a dictionary and a sorted list of words.
@Suite struct ScrapeHistoryTests {
  private struct Reference {
    var before: Set<String> = []
    /// Of failed scrapes, and of the last good one before them.
    var known: Set<String> = []
    var failed: Set<String> = []
    var failures = 0

    /// What a scrape of these series comes to, or one that fails behind them.
    mutating func lines(_ series: [(name: String, value: String)], isGood: Bool) -> Set<String> {
      var lines: Set<String> = []
      let seen = Set(series.map(\.name))
      let added = seen.subtracting(before).subtracting(known).count
      if isGood {
        var written: Set<String> = []
        for one in series where written.insert(one.name).inserted { lines.insert("\(one.name) \(Double(one.value)!)") }
        for gone in before.subtracting(seen) { lines.insert("\(gone) stale") }
        (before, known, failed, failures) = (seen, failed, [], 0)
      } else {
        for gone in before { lines.insert("\(gone) stale") }
        failures += 1
        failed.formUnion(seen)
        known.formUnion(before.union(failed))
        if failures > 4 { (known, failed) = (before, []) }
        before = []
      }
      let counts = [
        "samples_scraped": series.count, "samples_post_metric_relabeling": series.count, "series_added": added,
      ]
      for (name, value) in counts { lines.insert("scrape_\(name){instance=\"h\",job=\"j\"} \(Double(value))") }
      lines.insert("up{instance=\"h\",job=\"j\"} \(isGood ? 1.0 : 0.0)")
      lines.insert("scrape_duration_seconds{instance=\"h\",job=\"j\"} 0.02")
      return lines
    }
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>) func everySampleAndMarkerIsThere(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let harness = ScraperHarness()
    harness.setTargets("h")
    var reference = Reference()
    var handedOn = 0
    for _ in 0..<80 {
      var series: [(name: String, value: String)] = []
      var body = "# TYPE m gauge\n"
      for _ in 0..<Int.random(in: 0...25, using: &random) {
        let (name, label) = (Int.random(in: 0..<6, using: &random), Int.random(in: 0..<6, using: &random))
        let value = "\(Double(Int.random(in: -9...9, using: &random)) / 4)"
        body += "m\(name){l=\"\(label)\"} \(value)\n"
        series.append(("m\(name){instance=\"h\",job=\"j\",l=\"\(label)\"}", value))
      }
      let isGood = Int.random(in: 0..<6, using: &random) > 0
      let lines = harness.scrape(isGood ? .text(body) : .text(body + "}\n"))
      #expect(Set(lines) == reference.lines(series, isGood: isGood), "seed \(seed)")
      #expect(Set(lines).count == lines.count, "seed \(seed)")
      handedOn += lines.count
    }
    #expect(harness.scraper.counters.samples == UInt64(handedOn), "seed \(seed)")
  }

  /// What is kept of a series is a few numbers, and all of it is given back.
  @Test func memoryIsBounded() {
    let harness = ScraperHarness { $0.seriesCountMax = 4000 }
    harness.setTargets("h")
    for round in 0..<6 {
      // A new pod every time, or a label that never repeats.
      harness.scrape((0..<2000).map { "m{id=\"\(round)-\($0)\"} 1\n" }.joined())
      harness.scrape(.failure(.connection, message: ""))
    }
    #expect(harness.scraper.rememberedSeriesCount <= 4000)
    #expect(harness.scraper.footprint <= 4000 * 60)
    let stable = ScraperHarness()
    stable.setTargets("h")
    let body = (0..<2000).map { "m{id=\"\($0)\"} 1\n" }.joined()
    for _ in 0..<6 { stable.scrape(body) }
    #expect(stable.scraper.footprint <= 2000 * 32)
    stable.setTargets()
    #expect(stable.scraper.footprint == 0 && stable.scraper.rememberedSeriesCount == 0)
  }
}
