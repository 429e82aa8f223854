import Glibc
import Samples
import Spool
import SpoolTestSupport
import Testing

/// A segment that no seal and no parity covers, as a process leaves it that is killed: one wrong bit costs nothing, and nothing else is taken for one.
@Suite struct SingleBitTests {
  private static let name = "0000000000000001.seg"
  private static let configuration = SpoolConfiguration(byteCountMax: 8 << 20, destinations: ["central"])
  private static let isExhaustive = unsafe getenv("RESCFG_EXHAUSTIVE") != nil
  private static let recordCount = 40

  private static let segment: (bytes: [UInt8], values: [[UInt64]]) = {
    var random = SeededGenerator(seed: 11)
    var oracle = Oracle(seriesCount: 30)
    let fileSystem = SimulatedFileSystem()
    var values: [[UInt64]] = []
    do {
      let spool = try Spool(fileSystem, configuration)
      for step in 0..<recordCount {
        let batch = oracle.makeBatch(&random, step: step)
        values.append(batch.values)
        _ = try spool.append(batch)
        try spool.commit(table: oracle.table, now: 0, synchronizing: true)
      }
    } catch { Issue.record("\(error)") }
    return (fileSystem[name], values)
  }()

  /// A record of a segment, by its place.
  private struct Record {
    let start: Int
    let kind: UInt8
    let payload: Range<Int>
  }

  private static func records(_ bytes: [UInt8]) -> [Record] {
    var found: [Record] = []
    var place = 64
    while place + 48 <= bytes.count {
      let length = (0..<4).reduce(0) { $0 | Int(bytes[place + 8 + $1]) << ($1 * 8) }
      found.append(Record(start: place, kind: bytes[place + 4], payload: place + 48..<place + 48 + length))
      place += 48 + length
    }
    return found
  }

  private struct Reading {
    var found = 0
    var isWrong = false
    var isBalanced = false
    var mendable = 0
  }

  private func read(_ bytes: [UInt8]) throws -> Reading {
    let fileSystem = SimulatedFileSystem()
    fileSystem[Self.name] = bytes
    let spool = try Spool(fileSystem, Self.configuration)
    var reading = Reading(mendable: spool.status.damage.mendedChunks)
    let (records, _) = Oracle.drain(spool)
    reading.found = records.count
    reading.isWrong = records.contains { $1.values != Self.segment.values[Int($0) - 1] }
    reading.isBalanced = spool.ledger("central")?.isBalanced == true
    return reading
  }

  @Test func noBitCostsAnything() throws {
    let (bytes, _) = Self.segment
    // Without a factor in common with the bits of a byte.
    for bit in stride(from: 64 * 8, to: bytes.count * 8, by: Self.isExhaustive ? 1 : 23) {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      let reading = try read(damaged)
      #expect(
        !reading.isWrong && reading.isBalanced && reading.found == Self.recordCount && reading.mendable == 1,
        "bit \(bit): \(reading)"
      )
    }
  }

  @Test func aBitOfEachRecordCostsNothing() throws {
    var damaged = Self.segment.bytes
    var random = SeededGenerator(seed: 3)
    let records = Self.records(damaged)
    for record in records {
      damaged[Int.random(in: record.start..<record.payload.upperBound, using: &random)] ^= 0x10
    }
    let reading = try read(damaged)
    #expect(!reading.isWrong && reading.found == Self.recordCount && reading.mendable == records.count)
  }

  /// Damage whose checksum differs as if one bit were wrong: a multiple of the polynomial, and a bit beside it.
  @Test func whatOnlyLooksLikeOneBitIsNotBelieved() throws {
    let (bytes, _) = Self.segment
    let polynomial: UInt64 = 0x1_1edc_6f41
    for record in Self.records(bytes) {
      for start in stride(from: 0, through: record.payload.count * 8 - 33, by: 61) {
        var damaged = bytes
        func flip(_ bit: Int) { damaged[record.payload.lowerBound + bit / 8] ^= 1 << UInt8(bit % 8) }
        for power in 0...32 where polynomial >> UInt64(32 - power) & 1 == 1 { flip(start + power) }
        #expect(
          CRC32C.checksum(damaged.span.extracting(record.payload))
            == CRC32C.checksum(bytes.span.extracting(record.payload))
        )
        flip(start / 2)
        let reading = try read(damaged)
        #expect(!reading.isWrong && reading.isBalanced && reading.found < Self.recordCount, "\(record) \(start)")
      }
    }
  }

  @Test(arguments: 1...200 as ClosedRange<UInt64>) func moreDamageIsNeverBelieved(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var damaged = Self.segment.bytes
    for _ in 0..<Int.random(in: 2...12, using: &random) {
      let byte = Int.random(in: 64..<damaged.count, using: &random)
      damaged[byte] ^= UInt8.random(in: 1...255, using: &random)
    }
    let reading = try read(damaged)
    #expect(!reading.isWrong && reading.isBalanced, "seed \(seed)")
  }

  /// As the agent wrote them before there was a witness: read as ever, and a payload with a wrong bit is lost, not guessed at.
  @Test func recordsWithoutAWitnessAreRead() throws {
    var old = Self.segment.bytes
    for record in Self.records(old) {
      for index in 5...7 { old[record.start + index] = 0 }
      var checksum = CRC32C()
      checksum.update(1 as UInt64)
      checksum.update(UInt64(record.start))
      checksum.update(old.span.extracting(record.start..<record.start + 44))
      for index in 0..<4 {
        old[record.start + 44 + index] = UInt8(truncatingIfNeeded: checksum.value >> (UInt32(index) * 8))
      }
    }
    let whole = try read(old)
    #expect(!whole.isWrong && whole.found == Self.recordCount && whole.mendable == 0)
    guard let last = Self.records(old).last else { return }
    var header = old
    header[last.start + 20] ^= 1
    #expect(try read(header).found == Self.recordCount)
    var payload = old
    payload[last.payload.lowerBound] ^= 1
    let reading = try read(payload)
    #expect(!reading.isWrong && reading.isBalanced && reading.found == Self.recordCount - 1)
  }

  @Test func verificationNamesTheByte() throws {
    let fileSystem = SimulatedFileSystem()
    var damaged = Self.segment.bytes
    damaged[200] ^= 4
    fileSystem[Self.name] = damaged
    var findings: [Finding] = []
    let totals = try SpoolInspection(fileSystem).verify { findings.append($0) }
    #expect(totals.lostSamples == 0 && findings.map(\.kind) == [.mendable] && findings[0].range == 200..<201)
    #expect(findings[0].repair == .mend)
  }
}
