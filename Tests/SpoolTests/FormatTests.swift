import Glibc
import Samples
import Spool
import SpoolTestSupport
import Testing

/// Directories that version 1 wrote are read by every version after it, with records that have a witness and without. (RESCFG_RECORD=1 writes
/// the newest, and fails the run.)
@Suite struct FormatTests {
  private static let configuration = SpoolConfiguration(byteCountMax: 1 << 20, destinations: ["central"])

  /// What is in the corpus: one settled record of three, another stream, hard values.
  private func write(_ fileSystem: SimulatedFileSystem) throws {
    var table = SeriesTable(key: testKey)
    let spool = try Spool(fileSystem, Self.configuration)
    for step in 0..<3 {
      var batch = SampleBatch(stream: UInt32(step / 2))
      for number in 0..<40 {
        batch.references.append(
          table.intern(LabelSet([("__name__", "metric_\(number % 4)"), ("number", "\(number)")]))
        )
        batch.values.append(Self.value(step, number))
      }
      batch.timestamps = [1_724_000_000_000 + Int64(step) * 15_000]
      _ = try spool.append(batch)
      try spool.commit(table: table, now: 1_724_000_000_000, synchronizing: true)
    }
    var reader = spool.makeReader("central")!
    var record = DecodedRecord()
    guard case .record(let range) = spool.read(&reader, for: "central", into: &record) else { return }
    try spool.settle(range, for: "central", Outcome(delivered: 39, rejected: ["out of bounds": 1]))
    try spool.close(table: table, now: 1_724_000_100_000)
  }

  private static func value(_ step: Int, _ number: Int) -> UInt64 {
    switch number % 5 {
    case 0: Double(number * 1000 + step).bitPattern
    case 1: (Double(number) / 100 + Double(step)).bitPattern
    case 2: 0x7ff8_0000_0000_0000 | UInt64(number)
    case 3: staleMarkerBits
    default: (4096.0 * Double(step + number)).bitPattern
    }
  }

  private static let newest = "version1-witness"
  private static let names = ["0000000000000001.seg", "central.cursor"]

  @Test func bytesAreThoseOfVersion1() throws {
    let fileSystem = SimulatedFileSystem()
    try write(fileSystem)
    for name in Self.names {
      if unsafe getenv("RESCFG_RECORD") != nil { Corpus.record("\(Self.newest)/\(name)", fileSystem[name]) }
      let golden = Corpus.files(Self.newest).first { $0.name == name }
      #expect(golden?.bytes == fileSystem[name], "\(name)")
    }
  }

  @Test(arguments: ["version1", newest]) func versionIsRead(folder: String) throws {
    let fileSystem = SimulatedFileSystem()
    for file in Corpus.files(folder) { fileSystem[file.name] = file.bytes }
    let spool = try Spool(fileSystem, Self.configuration)
    let ledger = try #require(spool.ledger("central"))
    #expect(
      ledger.collected == 120 && ledger.delivered == 39 && ledger.rejected == ["out of bounds": 1]
        && ledger.queued == 80
    )
    var reader = spool.makeReader("central")!
    var record = DecodedRecord()
    for step in 1...2 {
      guard case .record = spool.read(&reader, for: "central", into: &record) else {
        Issue.record("record \(step) is missing")
        return
      }
      #expect(record.values == (0..<40).map { Self.value(step, $0) })
    }
  }

  @Test(arguments: 1...150 as ClosedRange<UInt64>) func mutatedCorpusNeverStopsAStart(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let fileSystem = SimulatedFileSystem()
    for file in Corpus.files(seed.isMultiple(of: 2) ? "version1" : Self.newest) {
      fileSystem[file.name] = Corpus.mutated(file.bytes, &random)
    }
    let spool = try Spool(fileSystem, Self.configuration)
    #expect(spool.ledger("central")?.isBalanced == true, "seed \(seed)")
    let (records, _) = Oracle.drain(spool)
    for (sequence, record) in records {
      #expect(record.values == (0..<40).map { Self.value(Int(sequence) - 1, $0) }, "seed \(seed)")
    }
    #expect(spool.ledger("central")?.isBalanced == true, "seed \(seed)")
  }
}
