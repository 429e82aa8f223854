import Samples
import Spool
import SpoolTestSupport
import Testing

/// A checksum that holds doesn't make a number one to count on with: a cursor of such numbers is damage, and nothing else is.
@Suite struct CursorBoundsTests {
  private static let configuration = SpoolConfiguration(byteCountMax: 1 << 20, destinations: ["central"])
  private static let name = "central.cursor"

  /// A queue of one record, and its cursor in both slots.
  private func written() throws -> SimulatedFileSystem {
    let fileSystem = SimulatedFileSystem()
    var (oracle, random) = (Oracle(), SeededGenerator(seed: 3))
    let spool = try Spool(fileSystem, Self.configuration)
    _ = try spool.append(oracle.makeBatch(&random, step: 0))
    try spool.commit(table: oracle.table, now: 0, synchronizing: true)
    for _ in 0..<2 { try spool.storeCursors() }
    return fileSystem.killed()
  }

  /// The same with a settled range of one record and one delivered sample behind the next record, and `words` by their offsets, in both slots.
  private func files(_ words: [Int: UInt64] = [:]) throws -> SimulatedFileSystem {
    let fileSystem = try written()
    var cursor = fileSystem[Self.name]
    for slot in [0, 4096] {
      put(1, at: slot + 48, into: &cursor)
      for (offset, word) in words { put(word, at: slot + offset, into: &cursor) }
      // Behind 40 bytes of fixed numbers: one range, a record and a sample after `done`, of a record and a sample; no reasons.
      cursor.replaceSubrange(slot + 64..<slot + 70, with: [1, 1, 1, 1, 1, 0])
      cursor[slot + 12] = 46
      put(CRC32C.checksum(cursor.span.extracting(slot..<slot + 4092)), at: slot + 4092, into: &cursor)
    }
    fileSystem[Self.name] = cursor
    return fileSystem
  }

  private func put<Word: FixedWidthInteger>(_ word: Word, at offset: Int, into bytes: inout [UInt8]) {
    for byte in 0..<Word.bitWidth / 8 { bytes[offset + byte] = UInt8(truncatingIfNeeded: word >> (8 * byte)) }
  }

  /// What the other test changes is all that is wrong with its cursors.
  @Test func numbersThatAreWritten() throws {
    let spool = try Spool(files(), Self.configuration)
    #expect(spool.status.lostCursors == 0)
    #expect(spool.ledger("central")?.delivered == 1)
    #expect(spool.ledger("central")?.isBalanced == true)
  }

  /// Offsets of docs/formats/spool.md, 6: generation, base, done, samples before it, delivered, dropped outside.
  @Test(arguments: [16, 24, 32, 40, 48, 56], [.max, .max - 1, 1 << 63, 1 << 60] as [UInt64])
  func numbersBeyondAllThatAreWritten(offset: Int, value: UInt64) throws {
    let fileSystem = try files([offset: value])
    let spool = try Spool(fileSystem, Self.configuration)
    #expect(spool.status.lostCursors == 1)
    #expect(spool.ledger("central")?.isBalanced == true)
    try spool.storeCursors()
    #expect(try Spool(fileSystem.killed(), Self.configuration).status.lostCursors == 0)
  }
}
