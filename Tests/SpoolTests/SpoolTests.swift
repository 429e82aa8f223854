import Samples
import Spool
import SpoolTestSupport
import Testing

@Suite struct SpoolTests {
  private let configuration = SpoolConfiguration(byteCountMax: 1 << 20, destinations: ["central"])

  private func fill(_ spool: Spool, _ oracle: inout Oracle, _ random: inout SeededGenerator, count: Int) throws {
    for step in 0..<count {
      let batch = oracle.makeBatch(&random, step: step)
      let end = try spool.append(batch)
      oracle.noteAppended(batch, sequence: end - 1)
      try spool.commit(table: oracle.table, now: Int64(step) * 1000, synchronizing: true)
      oracle.acknowledged.insert(end - 1)
    }
  }

  @Test func whatIsWrittenIsRead() throws {
    var random = SeededGenerator(seed: 1)
    var oracle = Oracle()
    let spool = try Spool(SimulatedFileSystem(), configuration)
    try fill(spool, &oracle, &random, count: 300)
    let (records, lost) = Oracle.drain(spool)
    oracle.check(records, "one process")
    #expect(lost.isEmpty)
    let ledger = try #require(spool.ledger("central"))
    #expect(ledger.isBalanced && ledger.queued == 0 && ledger.delivered == ledger.collected)
    #expect(spool.status.sampleCount == ledger.collected)
  }

  @Test func ledgerGoesOnAcrossRestarts() throws {
    var random = SeededGenerator(seed: 2)
    var oracle = Oracle()
    var fileSystem = SimulatedFileSystem()
    var collected: UInt64 = 0
    for round in 0..<6 {
      let spool = try Spool(fileSystem, configuration)
      #expect(spool.ledger("central")?.collected == collected)
      try fill(spool, &oracle, &random, count: 40)
      // Half of it is settled, and with an outcome of every kind.
      var reader = spool.makeReader("central")!
      var record = DecodedRecord()
      for _ in 0..<20 {
        guard case .record(let range) = spool.read(&reader, for: "central", into: &record) else { break }
        try spool.settle(
          range,
          for: "central",
          Outcome(
            delivered: range.sampleCount - 1,
            rejected: round % 2 == 0 ? ["out of bounds": 1] : [:],
            dropped: round % 2 == 1 ? ["x": 1] : [:]
          )
        )
      }
      if round % 2 == 0 { try spool.close(table: oracle.table, now: 0) } else { try spool.storeCursors() }
      let ledger = try #require(spool.ledger("central"))
      #expect(ledger.isBalanced)
      #expect(ledger.collected == oracle.appended.values.reduce(0) { $0 + UInt64($1.first!.values.count) })
      collected = ledger.collected
      fileSystem = fileSystem.killed()
      let again = try Spool(fileSystem, configuration)
      #expect(again.ledger("central") == ledger)
      fileSystem = fileSystem.killed()
    }
  }

  @Test func lanesRunApart() throws {
    var random = SeededGenerator(seed: 3)
    var oracle = Oracle()
    let fileSystem = SimulatedFileSystem()
    let spool = try Spool(fileSystem, configuration)
    try fill(spool, &oracle, &random, count: 50)
    var live = spool.makeReader("central", atEnd: true)!
    var record = DecodedRecord()
    #expect(spool.read(&live, for: "central", into: &record) == .end)
    try fill(spool, &oracle, &random, count: 30)
    var liveSequences: [UInt64] = []
    while case .record(let range) = spool.read(&live, for: "central", into: &record) {
      liveSequences.append(range.first)
      try spool.settle(range, for: "central", Outcome(delivered: range.sampleCount))
    }
    #expect(liveSequences == Array(51...80))
    try spool.storeCursors()

    let restarted = try Spool(fileSystem.killed(), configuration)
    let (records, _) = Oracle.drain(restarted)
    #expect(records.keys.sorted() == Array(1...50))
    #expect(restarted.ledger("central")?.queued == 0)
    #expect(restarted.ledger("central")?.isBalanced == true)
  }

  @Test func destinationsDoNotHoldUpEachOther() throws {
    var random = SeededGenerator(seed: 4)
    var oracle = Oracle()
    let spool = try Spool(
      SimulatedFileSystem(),
      SpoolConfiguration(byteCountMax: 1 << 20, destinations: ["central", "backup"])
    )
    try fill(spool, &oracle, &random, count: 20)
    _ = Oracle.drain(spool, "central")
    #expect(spool.ledger("central")?.queued == 0)
    #expect(spool.ledger("backup")?.queued == spool.ledger("backup")?.collected)
    let (records, _) = Oracle.drain(spool, "backup")
    oracle.check(records, "second destination")
  }

  @Test func capIsKeptAndEveryDropCounted() throws {
    var random = SeededGenerator(seed: 5)
    var oracle = Oracle(seriesCount: 200)
    let fileSystem = SimulatedFileSystem()
    let cap = 256 << 10
    let spool = try Spool(fileSystem, SpoolConfiguration(byteCountMax: cap, destinations: ["central"]))
    for step in 0..<1500 {
      let end = try spool.append(oracle.makeBatch(&random, step: step))
      try spool.commit(table: oracle.table, now: Int64(step), synchronizing: true)
      #expect(end == spool.acknowledgedSequence)
      // The cursor's two slots are beside the cap.
      #expect(fileSystem.byteCount <= cap + 8192)
      #expect(spool.ledger("central")?.isBalanced == true)
    }
    let ledger = try #require(spool.ledger("central"))
    #expect(try #require(ledger.dropped[DropReason.cap]) > 0)
    let queued = ledger.queued
    let (records, lost) = Oracle.drain(spool)
    #expect(lost.isEmpty)
    #expect(UInt64(records.values.reduce(0) { $0 + $1.values.count }) == queued)
  }

  @Test func sentSegmentsStayUntilTheRoomIsNeeded() throws {
    var random = SeededGenerator(seed: 6)
    var oracle = Oracle()
    let fileSystem = SimulatedFileSystem()
    let spool = try Spool(fileSystem, configuration)
    try fill(spool, &oracle, &random, count: 100)
    _ = Oracle.drain(spool)
    try spool.close(table: oracle.table, now: 0)
    let again = try Spool(
      fileSystem.killed(),
      SpoolConfiguration(byteCountMax: 1 << 20, destinations: ["central", "late"])
    )
    let (records, _) = Oracle.drain(again, "late")
    oracle.check(records, "what was sent is still there")
  }

  @Test func ageRemovesAndCounts() throws {
    var random = SeededGenerator(seed: 7)
    var oracle = Oracle()
    let spool = try Spool(
      SimulatedFileSystem(),
      SpoolConfiguration(byteCountMax: 1 << 20, ageMax: 10_000_000, destinations: ["central"])
    )
    for step in 0..<12 {
      _ = try spool.append(oracle.makeBatch(&random, step: step))
      try spool.commit(table: oracle.table, now: Int64(step) * 4_000_000, synchronizing: true)
    }
    let ledger = try #require(spool.ledger("central"))
    #expect(ledger.isBalanced)
    #expect(try #require(ledger.dropped[DropReason.age]) > 0)
    #expect(spool.status.segmentCount <= 4)
    // No destination has settled anything: what is on the disk is what waits.
    #expect(spool.status.sampleCount == ledger.queued)
  }

  @Test func refusingPolicyKeepsWhatIsUnsent() throws {
    var random = SeededGenerator(seed: 8)
    var oracle = Oracle(seriesCount: 100)
    let spool = try Spool(
      SimulatedFileSystem(),
      SpoolConfiguration(byteCountMax: 64 << 10, overflow: .refuse, destinations: ["central"])
    )
    var refused = false
    for step in 0..<1000 where !refused {
      let batch = oracle.makeBatch(&random, step: step)
      let end = try spool.append(batch)
      oracle.noteAppended(batch, sequence: end - 1)
      do {
        try spool.commit(table: oracle.table, now: 0, synchronizing: true)
        oracle.acknowledged.insert(end - 1)
      } catch {
        #expect(error == .full)
        refused = true
      }
    }
    #expect(refused)
    let (records, lost) = Oracle.drain(spool)
    oracle.check(records, "nothing unsent was removed")
    #expect(lost.isEmpty)
    try spool.commit(table: oracle.table, now: 0, synchronizing: true)
    #expect(spool.status.pendingSamples == 0)
  }

  @Test func secondOwnerIsRefused() throws {
    let fileSystem = SimulatedFileSystem()
    let spool = try Spool(fileSystem, configuration)
    #expect(throws: SpoolError.locked) { try Spool(fileSystem, configuration) }
    withExtendedLifetime(spool) {}
  }

  @Test(arguments: ["", "../x", "a/b", "ä", String(repeating: "x", count: 65)]) func destinationNames(name: String) {
    #expect(throws: SpoolError.invalidDestinationName(name)) {
      try Spool(SimulatedFileSystem(), SpoolConfiguration(byteCountMax: 1 << 20, destinations: [name]))
    }
  }

  @Test func foreignFilesAreLeftAlone() throws {
    let fileSystem = SimulatedFileSystem()
    for name in ["notes.txt", "00000000000000zz.seg", "1.seg", "0000000000000000.seg", "x y.cursor"] {
      fileSystem[name] = [1, 2, 3]
    }
    let spool = try Spool(fileSystem, configuration)
    #expect(spool.status.foreignFiles == 5)
    #expect(fileSystem.allNames.count == 5)
  }

  @Test func laterVersionStopsTheStartAndTouchesNothing() throws {
    var random = SeededGenerator(seed: 9)
    var oracle = Oracle()
    let fileSystem = SimulatedFileSystem()
    let spool = try Spool(fileSystem, configuration)
    try fill(spool, &oracle, &random, count: 3)
    let name = "0000000000000001.seg"
    let left = fileSystem.killed()
    left[name][10] = 2
    let crc = CRC32C.checksum(left[name].span.extracting(0..<60))
    for byte in 0..<4 { left[name][60 + byte] = UInt8(truncatingIfNeeded: crc >> UInt32(8 * byte)) }
    let before = left[name]
    #expect(throws: SpoolError.newerFormat(file: name, readerVersion: 2)) { try Spool(left, configuration) }
    #expect(left[name] == before)
    #expect(left.allNames == [name, "central.cursor"])
  }

  @Test func bothCursorSlotsBadMeansSendingAllAgain() throws {
    var random = SeededGenerator(seed: 10)
    var oracle = Oracle()
    let fileSystem = SimulatedFileSystem()
    let spool = try Spool(fileSystem, configuration)
    try fill(spool, &oracle, &random, count: 10)
    _ = Oracle.drain(spool)
    try spool.storeCursors()
    try fill(spool, &oracle, &random, count: 10)
    _ = Oracle.drain(spool)
    try spool.storeCursors()

    // One slot bad: the other rules, and it is at most one step behind.
    let oneBad = fileSystem.killed()
    oneBad["central.cursor"][100] ^= 1
    let older = try Spool(oneBad, configuration)
    #expect(older.ledger("central")?.isBalanced == true)
    #expect(older.status.lostCursors == 0)

    let bothBad = fileSystem.killed()
    bothBad["central.cursor"][100] ^= 1
    bothBad["central.cursor"][4196] ^= 1
    let all = try Spool(bothBad, configuration)
    #expect(all.status.lostCursors == 1)
    #expect(all.ledger("central")?.isBalanced == true)
    let (records, _) = Oracle.drain(all)
    #expect(records.count == 20)
    oracle.check(records, "sent again")
  }

  /// A process that made the file and was stopped before it had filled it: nothing was lost.
  @Test(arguments: [0, 4096]) func aCursorThatWasNeverWrittenIsNotLost(byteCount: Int) throws {
    var random = SeededGenerator(seed: 9)
    var oracle = Oracle()
    let fileSystem = SimulatedFileSystem()
    try fill(try Spool(fileSystem, configuration), &oracle, &random, count: 10)
    let stopped = fileSystem.killed()
    stopped["central.cursor"] = [UInt8](repeating: 0, count: byteCount)
    let inspection = try SpoolInspection(stopped)
    #expect(inspection.destinations.map(\.isLost) == [false])
    let again = try Spool(stopped, configuration)
    #expect(again.status.lostCursors == 0)
    let (records, _) = Oracle.drain(again)
    oracle.check(records, "sent")
    try again.storeCursors()
    let after = try Spool(stopped.killed(), configuration)
    #expect(after.ledger("central")?.isBalanced == true && after.ledger("central")?.queued == 0)
  }

  @Test func settlementsThatDoNotAddUpAreRefused() throws {
    var random = SeededGenerator(seed: 11)
    var oracle = Oracle()
    let spool = try Spool(SimulatedFileSystem(), configuration)
    try fill(spool, &oracle, &random, count: 2)
    var reader = spool.makeReader("central")!
    var record = DecodedRecord()
    guard case .record(let range) = spool.read(&reader, for: "central", into: &record) else {
      Issue.record("no record")
      return
    }
    #expect(throws: Spool.SettlementFailure.unbalanced) {
      try spool.settle(range, for: "central", Outcome(delivered: range.sampleCount + 1))
    }
    try spool.settle(range, for: "central", Outcome(delivered: range.sampleCount))
    #expect(throws: Spool.SettlementFailure.notOpen) {
      try spool.settle(range, for: "central", Outcome(delivered: range.sampleCount))
    }
    #expect(throws: Spool.SettlementFailure.unknownDestination) {
      try spool.settle(range, for: "nobody", Outcome(delivered: range.sampleCount))
    }
  }

  @Test func itemsAreKeptAndHistogramsCounted() throws {
    var oracle = Oracle()
    let spool = try Spool(SimulatedFileSystem(), configuration)
    let series = oracle.table.intern(LabelSet([("__name__", "h")]))
    var batch = SampleBatch(stream: 0)
    batch.references = [series]
    batch.values = [1]
    batch.timestamps = [5]
    batch.items = [
      OpaqueItem(kind: .histogram, series: series, timestamp: 7, message: [1, 2]),
      OpaqueItem(kind: .metadata, series: nil, timestamp: 0, message: [3]),
    ]
    #expect(try spool.append(batch) == 3)
    try spool.commit(table: oracle.table, now: 0, synchronizing: true)
    var reader = spool.makeReader("central")!
    var record = DecodedRecord()
    var counts: [UInt64] = []
    while case .record(let range) = spool.read(&reader, for: "central", into: &record) {
      counts.append(range.sampleCount)
      try spool.settle(range, for: "central", Outcome(delivered: range.sampleCount))
    }
    #expect(counts == [1, 1])
    #expect(record.items.map(\.message) == [[1, 2], [3]])
    #expect(spool.ledger("central")?.collected == 2)
  }

  /// More than a record holds: of samples, of label bytes, of items.
  @Test func largeBatchesAreSplit() throws {
    var table = SeriesTable(key: testKey)
    let long = String(repeating: "x", count: 3000)
    var batch = SampleBatch(stream: 0)
    let references = (0..<3000).map { table.intern(LabelSet([("__name__", "m"), ("l", "\($0)\(long)")])) }
    for index in 0..<600_000 { batch.references.append(references[index % 3000]) }
    batch.values = [UInt64](repeating: 7, count: 600_000)
    batch.timestamps = [1]
    batch.items = (0..<5).map {
      OpaqueItem(kind: .metadata, series: nil, timestamp: 0, message: [UInt8](repeating: $0, count: 700_000))
    }
    let spool = try Spool(
      SimulatedFileSystem(),
      SpoolConfiguration(byteCountMax: 1 << 28, destinations: ["central"])
    )
    let end = try spool.append(batch)
    #expect(end == 1 + 2 + 3)
    try spool.commit(table: table, now: 0, synchronizing: true)
    var reader = spool.makeReader("central")!
    var record = DecodedRecord()
    var (samples, items) = (0, 0)
    while case .record = spool.read(&reader, for: "central", into: &record) {
      samples += record.values.count
      items += record.items.count
      #expect(record.values.allSatisfy { $0 == 7 })
    }
    #expect(samples == 600_000 && items == 5)
    #expect(throws: SpoolError.itemTooLarge(byteCount: 9 << 20)) {
      var tooLarge = SampleBatch(stream: 0)
      tooLarge.items = [
        OpaqueItem(kind: .metadata, series: nil, timestamp: 0, message: [UInt8](repeating: 0, count: 9 << 20))
      ]
      _ = try spool.append(tooLarge)
    }
  }
}
