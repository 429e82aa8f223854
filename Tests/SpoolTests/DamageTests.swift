import Glibc
import Samples
import Spool
import SpoolTestSupport
import Testing

/// Damage to a sealed segment: found every time, mended where one place is hit, never believed.
@Suite struct DamageTests {
  private static let name = "0000000000000001.seg"
  private static let configuration = SpoolConfiguration(byteCountMax: 8 << 20, destinations: ["central"])
  /// Everything, not every so many: minutes instead of seconds.
  private static let isExhaustive = unsafe getenv("RESCFG_EXHAUSTIVE") != nil

  /// About 64 KiB.
  private static let segment: (bytes: [UInt8], values: [[UInt64]]) = {
    var random = SeededGenerator(seed: 5)
    var oracle = Oracle(seriesCount: 100)
    let fileSystem = SimulatedFileSystem()
    var values: [[UInt64]] = []
    do {
      let spool = try Spool(fileSystem, configuration)
      while fileSystem.allNames.isEmpty || fileSystem[name].count < 58_000 {
        let batch = oracle.makeBatch(&random, step: values.count)
        values.append(batch.values)
        _ = try spool.append(batch)
        try spool.commit(table: oracle.table, now: 0, synchronizing: true)
      }
      try spool.close(table: oracle.table, now: 0)
    } catch { Issue.record("\(error)") }
    return (fileSystem[name], values)
  }()

  private struct Reading {
    var found = 0
    var lost: UInt64 = 0
    var isWrong = false
    var mended = 0
  }

  private func read(_ bytes: [UInt8], unreadable: Range<Int>? = nil) throws -> Reading {
    let fileSystem = SimulatedFileSystem()
    fileSystem[Self.name] = bytes
    if let unreadable { fileSystem.unreadable[Self.name] = unreadable }
    let spool = try Spool(fileSystem, Self.configuration)
    var reader = spool.makeReader("central")!
    var record = DecodedRecord()
    var reading = Reading()
    while true {
      switch spool.read(&reader, for: "central", into: &record) {
      case .record(let range):
        let index = Int(range.first) - 1
        if index >= Self.segment.values.count || record.values != Self.segment.values[index] { reading.isWrong = true }
        reading.found += 1
      case .lost(let range): reading.lost += range.end - range.first
      case .end: return reading
      }
    }
  }

  @Test func everyBitFlipOfASealedSegmentIsMended() throws {
    let (bytes, values) = Self.segment
    #expect((60_000...70_000).contains(bytes.count))
    // A step that is prime to 8 gets round to every bit of a byte.
    for bit in stride(from: 0, to: bytes.count * 8, by: Self.isExhaustive ? 1 : 397) {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      let reading = try read(damaged)
      if reading.isWrong || reading.found != values.count || reading.lost != 0 {
        Issue.record("bit \(bit): \(reading)")
        return
      }
    }
  }

  @Test func everyTruncationKeepsWhatIsBefore() throws {
    let (bytes, _) = Self.segment
    var before = 0
    for count in stride(from: 0, through: bytes.count, by: Self.isExhaustive ? 1 : 53) {
      let reading = try read(Array(bytes.prefix(count)))
      // The records that were there before are there still, and they are all there is.
      if reading.isWrong || reading.lost != 0 || reading.found < before {
        Issue.record("truncated to \(count): \(reading)")
        return
      }
      before = reading.found
    }
    #expect(before == Self.segment.values.count)
  }

  @Test func everyLostPageIsMended() throws {
    let (bytes, values) = Self.segment
    for page in stride(from: 0, to: bytes.count - 8192, by: 4096) {
      var damaged = bytes
      for index in page..<page + 4096 { damaged[index] = 0 }
      let zeroed = try read(damaged)
      #expect(!zeroed.isWrong && zeroed.found == values.count, "zeros at \(page)")
      let unreadable = try read(bytes, unreadable: page..<page + 4096)
      #expect(!unreadable.isWrong && unreadable.found == values.count, "unreadable at \(page)")
    }
  }

  /// In a segment of several parity records, pages begin anywhere in a chunk.
  @Test func everyLostPageOfALongSegmentIsMended() throws {
    var random = SeededGenerator(seed: 6)
    var oracle = Oracle(seriesCount: 400)
    let fileSystem = SimulatedFileSystem()
    var count = 0
    let spool = try Spool(fileSystem, Self.configuration)
    while fileSystem.allNames.isEmpty || fileSystem[Self.name].count < 330_000 {
      _ = try spool.append(oracle.makeBatch(&random, step: count, perRecord: 400))
      try spool.commit(table: oracle.table, now: 0, synchronizing: true)
      count += 1
    }
    try spool.close(table: oracle.table, now: 0)
    let bytes = fileSystem[Self.name]
    // Where parity begins: the page that has it has the end of what it protects.
    var parity: [Int] = []
    var place = 64
    while place + 48 <= bytes.count {
      if bytes[place + 4] == 3 { parity.append(place) }
      place += 48 + (0..<4).reduce(0) { $0 | Int(bytes[place + 8 + $1]) << ($1 * 8) }
    }
    #expect(parity.count == 3)
    for page in stride(from: 0, to: bytes.count, by: 4096) where !parity.contains(where: { $0 / 4096 == page / 4096 }) {
      let damaged = SimulatedFileSystem()
      damaged[Self.name] = bytes
      damaged.unreadable[Self.name] = page..<min(page + 4096, bytes.count)
      let (records, lost) = Oracle.drain(try Spool(damaged, Self.configuration))
      #expect(
        records.count == count && lost.isEmpty,
        "page \(page / 4096) of \(bytes.count / 4096), parity at \(parity)"
      )
    }
  }

  /// More than parity can mend: what was hit and its stream up to the reset are lost, counted to the record, and nothing is wrong.
  @Test(arguments: 1...60 as ClosedRange<UInt64>) func heavyDamage(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (bytes, values) = Self.segment
    var damaged = bytes
    for _ in 0..<Int.random(in: 2...30, using: &random) {
      let start = Int.random(in: 0..<bytes.count, using: &random)
      let length = min(Int.random(in: 1...3000, using: &random), bytes.count - start)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: for index in start..<start + length { damaged[index] = 0 }
      case 1: for index in start..<start + length { damaged[index] = UInt8.random(in: 0...255, using: &random) }
      default:
        // A page that belongs elsewhere, with good checksums.
        let from = Int.random(in: 0..<bytes.count - length + 1, using: &random)
        for index in 0..<length { damaged[start + index] = bytes[from + index] }
      }
    }
    let reading = try read(damaged)
    #expect(!reading.isWrong, "seed \(seed)")
    #expect(reading.found + Int(reading.lost) <= values.count, "seed \(seed)")
  }

  @Test func segmentUnderAnotherNumberIsNotBelieved() throws {
    let fileSystem = SimulatedFileSystem()
    fileSystem["0000000000000002.seg"] = Self.segment.bytes
    let spool = try Spool(fileSystem, Self.configuration)
    #expect(spool.ledger("central")?.queued == 0)
  }

  @Test(arguments: 1...100 as ClosedRange<UInt64>) func junkNeverStopsAStart(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let fileSystem = SimulatedFileSystem()
    fileSystem[Self.name] = (0..<Int.random(in: 0...5000, using: &random)).map { _ in
      UInt8.random(in: 0...255, using: &random)
    }
    fileSystem["central.cursor"] = (0..<Int.random(in: 0...9000, using: &random)).map { _ in
      UInt8.random(in: 0...255, using: &random)
    }
    let spool = try Spool(fileSystem, Self.configuration)
    #expect(spool.ledger("central")?.isBalanced == true)
  }
}
