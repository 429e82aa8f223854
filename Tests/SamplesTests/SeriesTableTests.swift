import Samples
import Testing

@Suite struct SeriesTableTests {
  private func labels(_ pairs: [(String, String)]) throws -> LabelSet {
    var labels = LabelSet(pairs)
    try labels.normalize()
    return labels
  }

  private func texts(_ table: SeriesTable, _ reference: SeriesReference) -> [String] {
    table.labels(reference).map { String(decoding: $0.name + [0x3d] + $0.value, as: UTF8.self) }
  }

  @Test func labelsWithTheSameSymbolsInOtherPlacesAreOtherSeries() throws {
    var table = SeriesTable(key: testKey)
    let sets = [
      [("a", "b"), ("b", "a")], [("a", "a"), ("b", "b")], [("a", "b")], [("b", "a")], [("a", "b"), ("c", "a")],
    ]
    let references = try sets.map { table.intern(try labels($0)) }
    #expect(Set(references).count == sets.count && table.count == sets.count)
    for (set, reference) in zip(sets, references) {
      #expect(texts(table, reference) == set.map { "\($0)=\($1)" })
      #expect(try table.intern(labels(set)) == reference)
    }
  }

  /// Against a dictionary, over many rounds of new series, sweeps and numbers given out again.
  @Test(arguments: 1...20 as ClosedRange<UInt64>) func sweepKeepsTheMarkedAndForgetsTheOthers(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var table = SeriesTable(key: testKey)
    var known: [SeriesReference: [String]] = [:]
    for round in 0..<12 {
      for _ in 0..<Int.random(in: 0...300, using: &random) {
        let pairs =
          [("__name__", "m\(Int.random(in: 0..<9, using: &random))")]
          + (0..<Int.random(in: 0..<4, using: &random)).map { ("l\($0)", "\(Int.random(in: 0..<40, using: &random))") }
        let reference = table.intern(try labels(pairs))
        let expected = pairs.map { "\($0)=\($1)" }
        #expect(known[reference] == nil || known[reference] == expected, "seed \(seed)")
        known[reference] = expected
      }
      #expect(table.count == known.count && Set(known.values).count == known.count, "seed \(seed)")
      var marks = SeriesMarks(for: table)
      let share = Int.random(in: 0...4, using: &random)
      for reference in known.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
        if Int.random(in: 0..<4, using: &random) < share { marks.mark(reference) } else { known[reference] = nil }
      }
      table.sweep(keeping: marks)
      #expect(table.count == known.count, "seed \(seed), round \(round)")
      for (reference, expected) in known { #expect(texts(table, reference) == expected, "seed \(seed)") }
    }
  }

  @Test func freeNumbersAreGivenOutAgain() throws {
    var table = SeriesTable(key: testKey)
    for number in 0..<100 { _ = table.intern(try labels([("n", "\(number)")])) }
    var marks = SeriesMarks(for: table)
    marks.mark(SeriesReference(rawValue: 7))
    table.sweep(keeping: marks)
    #expect(table.count == 1 && table.numberLimit == 8 && table.symbols.count == 2)
    for number in 0..<7 { #expect(table.intern(try labels([("new", "\(number)")])).rawValue == UInt32(number)) }
    #expect(try table.intern(labels([("n", "7")])).rawValue == 7)
    #expect(try table.intern(labels([("n", "8")])).rawValue == 8)
  }

  /// A day at ten per cent of new series a scrape, a scrape every five minutes: a target that ends and begins containers all the time.
  @Test func churnOfADayIsBounded() throws {
    var table = SeriesTable(key: testKey)
    let liveCount = 6_000
    var live: [SeriesReference] = []
    var next = 0
    var peak = 0
    var footprint = 0
    var sweeps = 0
    for _ in 0..<288 {
      live.removeFirst(min(live.count, liveCount / 10))
      while live.count < liveCount {
        let set = LabelSet([("__name__", "m\(next % 40)"), ("container", "c\(next)")])
        live.append(table.intern(set))
        next += 1
      }
      peak = max(peak, table.count)
      footprint = max(footprint, table.footprint)
      guard table.isSweepDue else { continue }
      var marks = SeriesMarks(for: table)
      for reference in live { marks.mark(reference) }
      table.noteHeld(marks)
      guard table.isSweepDue else { continue }
      table.sweep(keeping: marks)
      sweeps += 1
      #expect(table.count == liveCount)
    }
    #expect(next > 170_000 && sweeps > 20)
    #expect(peak <= 2 * liveCount + liveCount / 10)
    #expect(footprint < 2_000_000)
  }

  /// The first scrapes of many targets: much has come, and all of it is held.
  @Test func whatIsHeldIsNotSwept() {
    var table = SeriesTable(key: testKey)
    func intern(_ range: Range<Int>) -> [SeriesReference] {
      range.map { table.intern(LabelSet([("__name__", "m"), ("n", "\($0)")])) }
    }
    func isDue(whileHolding held: [SeriesReference]) -> Bool {
      var marks = SeriesMarks(for: table)
      for reference in held { marks.mark(reference) }
      #expect(marks.count == held.count)
      table.noteHeld(marks)
      return table.isSweepDue
    }
    let first = intern(0..<10_001)
    #expect(table.isSweepDue)
    #expect(!isDue(whileHolding: first))
    let second = intern(10_001..<20_003)
    #expect(table.isSweepDue)
    #expect(!isDue(whileHolding: Array((first + second).dropLast(10_000))))
    #expect(!isDue(whileHolding: second))
    _ = intern(20_003..<20_005)
    #expect(isDue(whileHolding: second))
  }

  /// Five targets of 5,000 series as a node exposes them: names, devices and modes are shared, and each target adds its own label.
  @Test func seriesTakesFewBytes() throws {
    var table = SeriesTable(key: testKey)
    for target in 0..<5 {
      for number in 0..<5_000 {
        var set = LabelSet([
          ("__name__", "node_metric_number_\(number / 20)_total"), ("instance", "10.0.0.\(target):9100"),
        ])
        set.append(name: Array("job".utf8).span, value: Array("node".utf8).span)
        set.append(name: Array("device".utf8).span, value: Array("dev\(number % 20)".utf8).span)
        if number % 4 > 1 { set.append(name: Array("mode".utf8).span, value: Array("mode\(number % 7)".utf8).span) }
        try set.normalize()
        _ = table.intern(set)
      }
    }
    let marks = SeriesMarks(for: table)
    #expect(table.count == 25_000)
    #expect(table.footprint <= 40 * table.count, "\(table.footprint / table.count) bytes a series")
    table.sweep(keeping: marks)
    #expect(table.footprint < 1_000)
  }
}
