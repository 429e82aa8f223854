import Samples
import Spool
import SpoolTestSupport
import Testing

/// A fixed run of everything a spool does, small enough to be stopped at each of its calls.
struct Script {
  static let configuration = SpoolConfiguration(byteCountMax: 24 << 10, destinations: ["central"])

  var oracle = Oracle(seriesCount: 16)
  private(set) var errors = 0
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// - Returns: false if the spool couldn't be opened.
  mutating func run(_ fileSystem: SimulatedFileSystem, steps: Int, close: Bool = true) -> Bool {
    let spool: Spool
    do throws(SpoolError) { spool = try Spool(fileSystem, Self.configuration) } catch { return false }
    var unacknowledged: [UInt64] = []
    for step in 0..<steps {
      let batch = oracle.makeBatch(&random, step: step)
      do throws(SpoolError) {
        let end = try spool.append(batch)
        oracle.noteAppended(batch, sequence: end - 1)
        unacknowledged.append(end - 1)
        // Every third commit only writes, as the interval policy does.
        try spool.commit(table: oracle.table, now: Int64(step) * 1000, synchronizing: step % 3 != 2)
      } catch { errors += 1 }
      oracle.acknowledged.formUnion(unacknowledged.filter { $0 < spool.acknowledgedSequence })
      unacknowledged.removeAll { $0 < spool.acknowledgedSequence }
      if step % 9 == 8 { deliver(spool, records: 6) }
      #expect(spool.ledger("central")?.isBalanced == true)
    }
    do throws(SpoolError) {
      if close { try spool.close(table: oracle.table, now: 0) }
    } catch { errors += 1 }
    oracle.acknowledged.formUnion(unacknowledged.filter { $0 < spool.acknowledgedSequence })
    return true
  }

  private mutating func deliver(_ spool: Spool, records: Int) {
    var reader = spool.makeReader("central")!
    var record = DecodedRecord()
    for _ in 0..<records {
      switch spool.read(&reader, for: "central", into: &record) {
      case .record(let range): Oracle.settle(spool, range, "central", Outcome(delivered: range.sampleCount))
      case .lost(let range):
        Oracle.settle(spool, range, "central", Outcome(dropped: [DropReason.damaged: range.sampleCount]))
      case .end: break
      }
    }
    spool.close(&reader)
    do throws(FileError) { try spool.storeCursors() } catch { errors += 1 }
  }

  /// What a start finds after whatever happened: every acknowledged record that isn't settled, nothing that wasn't written, books that balance.
  func checkRecovery(_ fileSystem: SimulatedFileSystem, _ comment: Comment) throws {
    let spool = try Spool(fileSystem, Self.configuration)
    let before = try #require(spool.ledger("central"))
    #expect(before.isBalanced, comment)
    let (records, lost) = Oracle.drain(spool)
    var audit = oracle
    audit.acknowledged = oracle.acknowledged.filter { $0 >= before.done }
    audit.check(records, comment)
    let after = try #require(spool.ledger("central"))
    #expect(after.isBalanced && after.queued == 0, comment)
    #expect(after.collected == before.collected, comment)
    let read = records.values.reduce(0) { $0 + UInt64($1.values.count) }
    #expect(read + lost.reduce(0) { $0 + $1.sampleCount } == before.queued, comment)
    // And it goes on: what is appended now is found, too.
    var more = Script(seed: 99)
    more.oracle = Oracle(seriesCount: 1)
    var batch = SampleBatch(stream: 7)
    batch.references = [more.oracle.table.intern(LabelSet([("__name__", "after")]))]
    batch.values = [42]
    batch.timestamps = [1]
    let end = try spool.append(batch)
    try spool.commit(table: more.oracle.table, now: 1, synchronizing: true)
    let (next, _) = Oracle.drain(spool)
    #expect(next[end - 1]?.values == [42], comment)
  }
}
