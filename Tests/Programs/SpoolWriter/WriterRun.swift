import Glibc
import Samples
import Spool

struct WriterRun: ~Copyable {
  private let spool: Spool
  private let isInterval: Bool
  private let isSettling: Bool
  private var table = SeriesTable(key: KeyedHash.Key(1, 2))
  private var references: [SeriesReference] = []
  private var waiting: [UInt64] = []
  private var record = DecodedRecord()

  init(_ spool: Spool, seriesCount: Int, isInterval: Bool, isSettling: Bool) {
    self.spool = spool
    self.isInterval = isInterval
    self.isSettling = isSettling
    for number in 0..<seriesCount {
      references.append(table.intern(LabelSet([("__name__", "test_total"), ("number", "\(number)")])))
    }
  }

  mutating func run(commits: Int) {
    var step = 0
    while step < commits {
      step += 1
      append()
      let isDue = !isInterval || step % 4 == 0
      do throws(SpoolError) { try spool.commit(table: table, now: Int64(step) * 1000, synchronizing: isDue) } catch {
        SpoolWriter.tell(2, "commit: \(error)")
      }
      acknowledge()
      if isSettling, step % 5 == 0 { deliver() }
    }
    do throws(SpoolError) { try spool.close(table: table, now: Int64(step) * 1000) } catch {
      SpoolWriter.tell(2, "close: \(error)")
    }
    acknowledge()
    guard let ledger = spool.ledger("central") else { return }
    let dropped = ledger.dropped.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    SpoolWriter.tell(
      1,
      "ledger collected=\(ledger.collected) delivered=\(ledger.delivered) queued=\(ledger.queued) balanced=\(ledger.isBalanced) dropped{\(dropped)} recreations=\(spool.status.recreations)"
    )
  }

  private mutating func append() {
    let sequence = spool.status.nextSequence
    var batch = SampleBatch(stream: UInt32(sequence % 2))
    let half = references.count / 2
    for (number, reference) in references.enumerated() where (number < half) == (sequence % 2 == 0) {
      batch.references.append(reference)
      batch.values.append(Double(sequence * 1000 + UInt64(number)).bitPattern)
    }
    batch.timestamps = [Int64(sequence) * 1000]
    do throws(SpoolError) {
      let end = try spool.append(batch)
      // A batch that is dropped as the newest takes no number.
      if end == sequence + 1 { waiting.append(sequence) }
    } catch { SpoolWriter.tell(2, "append: \(error)") }
  }

  private mutating func acknowledge() {
    for sequence in waiting where sequence < spool.acknowledgedSequence {
      SpoolWriter.tell(1, "\(sequence) \(references.count / 2)")
    }
    waiting.removeAll { $0 < spool.acknowledgedSequence }
  }

  private mutating func deliver() {
    guard var reader = spool.makeReader("central") else { return }
    for _ in 0..<3 {
      let (range, outcome): (RecordRange, Outcome)
      switch spool.read(&reader, for: "central", into: &record) {
      case .record(let it): (range, outcome) = (it, Outcome(delivered: it.sampleCount))
      case .lost(let it): (range, outcome) = (it, Outcome(dropped: [DropReason.damaged: it.sampleCount]))
      case .end:
        spool.close(&reader)
        return
      }
      do { try spool.settle(range, for: "central", outcome) } catch { SpoolWriter.tell(2, "settle: \(error)") }
    }
    spool.close(&reader)
    do throws(FileError) { try spool.storeCursors() } catch { SpoolWriter.tell(2, "cursor: \(error)") }
  }
}
