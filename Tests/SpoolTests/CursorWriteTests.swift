import Samples
import Spool
import SpoolTestSupport
import Testing

/// What `writeCursors` promises beside `storeCursors`.
@Suite struct CursorWriteTests {
  private let configuration = SpoolConfiguration(byteCountMax: 1 << 20, destinations: ["central"])

  /// A spool with `count` records, of which none is settled.
  private func filled(_ fileSystem: SimulatedFileSystem, _ oracle: inout Oracle, count: Int) throws -> Spool {
    var random = SeededGenerator(seed: 11)
    let spool = try Spool(fileSystem, configuration)
    for step in 0..<count {
      _ = try spool.append(oracle.makeBatch(&random, step: step))
      try spool.commit(table: oracle.table, now: Int64(step) * 1000, synchronizing: true)
    }
    return spool
  }

  @Test func settledIsKnownAfterAKill() throws {
    var oracle = Oracle()
    let fileSystem = SimulatedFileSystem()
    let spool = try filled(fileSystem, &oracle, count: 30)
    var reader = spool.makeReader("central")!
    var record = DecodedRecord()
    for _ in 0..<20 {
      guard case .record(let range) = spool.read(&reader, for: "central", into: &record) else { break }
      try spool.settle(range, for: "central", Outcome(delivered: range.sampleCount))
      try spool.writeCursors()
    }
    let ledger = try #require(spool.ledger("central"))
    #expect(try Spool(fileSystem.killed(), configuration).ledger("central") == ledger)
  }

  /// However the sectors of unsynced writes fall, one of the cursors since the last sync is found: never an older one, never none.
  @Test func aPowerCutLeavesTheLastSyncedOrLater() throws {
    for seed in 0..<200 as Range<UInt64> {
      var oracle = Oracle()
      let fileSystem = SimulatedFileSystem()
      let spool = try filled(fileSystem, &oracle, count: 30)
      var reader = spool.makeReader("central")!
      var record = DecodedRecord()
      var synced: UInt64 = 0
      for step in 0..<25 {
        guard case .record(let range) = spool.read(&reader, for: "central", into: &record) else { break }
        try spool.settle(range, for: "central", Outcome(delivered: range.sampleCount))
        if step % 7 == 3 {
          try spool.storeCursors()
          synced = spool.ledger("central")!.done
        } else {
          try spool.writeCursors()
        }
      }
      var random = SeededGenerator(seed: seed)
      let ledger = try Spool(fileSystem.crashed(&random), configuration).ledger("central")
      #expect(try #require(ledger).done >= synced, "seed \(seed)")
    }
  }
}
