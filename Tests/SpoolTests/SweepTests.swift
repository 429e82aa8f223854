import Samples
import Spool
import SpoolTestSupport
import Testing

/// A sweep gives numbers of forgotten series to others; what the spool holds must keep its meaning.
@Suite struct SweepTests {
  @Test(arguments: 1...20 as ClosedRange<UInt64>) func seriesKeepTheirLabelsThroughSweeps(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var table = SeriesTable(key: testKey)
    let spool = try Spool(SimulatedFileSystem(), SpoolConfiguration(byteCountMax: 1 << 24, destinations: ["central"]))
    var live: [SeriesReference] = []
    var expected: [(labels: String, value: UInt64)] = []
    var next = 0
    var sweeps = 0
    for step in 0..<60 {
      live.removeFirst(min(live.count, Int.random(in: 0...8, using: &random)))
      while live.count < 20 {
        live.append(table.intern(LabelSet([("__name__", "m\(next % 3)"), ("n", "\(next)")])))
        next += 1
      }
      var batch = SampleBatch(stream: UInt32(step % 2))
      batch.references = live
      batch.values = live.map { _ in random.next() }
      batch.timestamps = [Int64(step)]
      for (reference, value) in zip(live, batch.values) {
        expected.append((Oracle.text(table.labels(reference)), value))
      }
      _ = try spool.append(batch)
      let isDurable = Bool.random(using: &random)
      try spool.commit(table: table, now: Int64(step), synchronizing: isDurable)
      guard step % 5 == 4, spool.endSegment() else { continue }
      var marks = SeriesMarks(for: table)
      for reference in live { marks.mark(reference) }
      table.sweep(keeping: marks)
      sweeps += 1
      #expect(table.count == 20, "seed \(seed)")
    }
    try spool.commit(table: table, now: 60, synchronizing: true)
    #expect(sweeps > 0, "seed \(seed)")

    let (records, lost) = Oracle.drain(spool)
    let got = records.sorted { $0.key < $1.key }.flatMap { zip($0.value.labels, $0.value.values) }
    #expect(lost.isEmpty)
    #expect(got.map(\.0) == expected.map(\.labels), "seed \(seed)")
    #expect(got.map(\.1) == expected.map(\.value), "seed \(seed)")
  }

  @Test func nothingIsSweptWhileSomethingIsPending() throws {
    var table = SeriesTable(key: testKey)
    let spool = try Spool(SimulatedFileSystem(), SpoolConfiguration(byteCountMax: 1 << 24, destinations: ["central"]))
    #expect(spool.endSegment())
    var batch = SampleBatch(stream: 0)
    batch.references = [table.intern(LabelSet([("__name__", "m")]))]
    batch.values = [1]
    batch.timestamps = [1]
    _ = try spool.append(batch)
    #expect(!spool.endSegment())
    try spool.commit(table: table, now: 1, synchronizing: true)
    #expect(spool.endSegment())
  }
}
