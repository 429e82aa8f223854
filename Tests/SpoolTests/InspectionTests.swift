import Glibc
import Samples
import Spool
import SpoolTestSupport
import Testing

/// What is said of a directory from outside, and what happens when somebody meddles with one in use.
@Suite struct InspectionTests {
  private func withDirectory(_ body: (String) throws -> Void) throws {
    var template = Array("/tmp/spool-tests-XXXXXX".utf8CString)
    let made = unsafe template.withUnsafeMutableBufferPointer { unsafe mkdtemp($0.baseAddress!) } != nil
    try #require(made)
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { remove(path) }
    try body(path)
  }

  private func remove(_ path: String) {
    do {
      let directory = try LocalFileSystem(existing: path)
      for entry in try directory.list() { try directory.remove(entry.name) }
    } catch { Issue.record("\(error)") }
    unsafe rmdir(path)
  }

  private func fill(_ spool: Spool, _ oracle: inout Oracle, _ steps: Range<Int>) throws {
    var random = SeededGenerator(seed: 1)
    for step in steps {
      _ = try spool.append(oracle.makeBatch(&random, step: step, perRecord: 10))
      try spool.commit(table: oracle.table, now: Int64(step) * 1000, synchronizing: true)
    }
  }

  @Test func removedDirectoryIsMadeAgain() throws {
    try withDirectory { path in
      var oracle = Oracle()
      let configuration = SpoolConfiguration(byteCountMax: 1 << 20, destinations: ["central"])
      let spool = try Spool(try LocalFileSystem(path: path), configuration)
      try fill(spool, &oracle, 0..<10)
      remove(path)
      try fill(spool, &oracle, 10..<20)
      try spool.close(table: oracle.table, now: 20_000)
      #expect(spool.status.recreations == 1)
      #expect(spool.acknowledgedSequence == 21)
      #expect(throws: SpoolError.locked) { try Spool(try LocalFileSystem(path: path), configuration) }
      let (records, lost) = Oracle.drain(spool)
      #expect(records.keys.sorted() == Array(11...20))
      #expect(lost.reduce(0) { $0 + $1.sampleCount } == 100)
      #expect(spool.ledger("central")?.isBalanced == true)
    }
  }

  @Test func newestIsDroppedAndCounted() throws {
    var oracle = Oracle()
    let configuration = SpoolConfiguration(
      byteCountMax: 16 << 10,
      overflow: .dropNewest,
      pendingSampleCountMax: 200,
      destinations: ["central"]
    )
    let fileSystem = SimulatedFileSystem()
    let spool = try Spool(fileSystem, configuration)
    var random = SeededGenerator(seed: 4)
    var refusals = 0
    for step in 0..<400 {
      _ = try spool.append(oracle.makeBatch(&random, step: step, perRecord: 10))
      do throws(SpoolError) {
        try spool.commit(table: oracle.table, now: Int64(step), synchronizing: true)
      } catch { if error == .full { refusals += 1 } }
    }
    let full = try #require(spool.ledger("central"))
    #expect(refusals > 0 && full.isBalanced)
    #expect(full.dropped[DropReason.full] ?? 0 > 1000)
    #expect(full.collected + UInt64(spool.status.pendingSamples) == 4000)
    // The oldest is still there; once it is sent there is room again.
    let (records, lost) = Oracle.drain(spool)
    #expect(records[1] != nil && lost.isEmpty)
    try spool.commit(table: oracle.table, now: 1000, synchronizing: true)
    let end = try spool.append(oracle.makeBatch(&random, step: 1001, perRecord: 10))
    try spool.commit(table: oracle.table, now: 1001, synchronizing: true)
    #expect(spool.acknowledgedSequence == end)
    let after = try #require(spool.ledger("central"))
    #expect(after.isBalanced && after.collected == 4010)
  }

  /// Segments without a seal, one for each start that ended badly: their ends are told by the next one's header.
  @Test func startDoesNotReadWhatTheNextHeaderTells() throws {
    var oracle = Oracle()
    let configuration = SpoolConfiguration(byteCountMax: 8 << 20, destinations: ["central"])
    var fileSystem = SimulatedFileSystem()
    for life in 0..<10 {
      let spool = try Spool(fileSystem, configuration)
      try fill(spool, &oracle, life * 5..<life * 5 + 5)
      fileSystem = fileSystem.killed()
    }
    let before = fileSystem.callCount
    let spool = try Spool(fileSystem, configuration)
    // The lock, two lists, the cursor; of each segment open, header and the place of a seal, and of the last its records.
    #expect(fileSystem.callCount - before <= 10 * 3 + 8)
    let (records, lost) = Oracle.drain(spool)
    #expect(records.count == 50 && lost.isEmpty)
    #expect(spool.ledger("central")?.isBalanced == true)
  }

  @Test func everyFlippedByteIsFound() throws {
    var oracle = Oracle()
    let fileSystem = SimulatedFileSystem()
    let spool = try Spool(fileSystem, SpoolConfiguration(byteCountMax: 8 << 20, destinations: ["central"]))
    try fill(spool, &oracle, 0..<40)
    try spool.close(table: oracle.table, now: 0)
    let whole = fileSystem.killed()
    let name = "0000000000000001.seg"
    let untouched = try SpoolInspection(whole).verify { Issue.record("\($0)") }
    #expect(untouched.records == 40 && untouched.samples == 400)
    for offset in stride(from: 0, to: whole[name].count, by: 37) {
      let damaged = whole.killed()
      damaged[name][offset] ^= 1
      var findings: [Finding] = []
      let totals = try SpoolInspection(damaged).verify { findings.append($0) }
      #expect(!findings.isEmpty && findings.allSatisfy { !$0.isNote }, "byte \(offset)")
      #expect(totals.records == 40 && totals.lostSamples == 0, "byte \(offset)")
    }
  }
}
