import Samples
import Spool
import SpoolTestSupport
import Testing

/// A checksum that holds doesn't make a number one to count on with: a cursor of such numbers is damage, and nothing else is.
@Suite struct CursorBoundsTests {
  private static let configuration = SpoolConfiguration(byteCountMax: 1 << 20, destinations: ["central"])
  private static let name = "central.cursor"

  /// A queue of one record, and its cursor in both slots.
  private func files() throws -> SimulatedFileSystem {
    let fileSystem = SimulatedFileSystem()
    var (oracle, random) = (Oracle(), SeededGenerator(seed: 3))
    let spool = try Spool(fileSystem, Self.configuration)
    _ = try spool.append(oracle.makeBatch(&random, step: 0))
    try spool.commit(table: oracle.table, now: 0, synchronizing: true)
    for _ in 0..<2 { try spool.storeCursors() }
    return fileSystem.killed()
  }

  /// Puts `value` into both slots, and a range of settled records behind it whose sums start there.
  private func files(_ value: UInt64, at offset: Int) throws -> SimulatedFileSystem {
    let fileSystem = try files()
    var cursor = fileSystem[Self.name]
    for slot in [0, 4096] {
      for byte in 0..<8 { cursor[slot + offset + byte] = UInt8(truncatingIfNeeded: value >> UInt64(8 * byte)) }
      // 40 bytes of fixed numbers, one range of one record and sample right after the next one, no reasons.
      cursor.replaceSubrange(slot + 64..<slot + 70, with: [1, 1, 1, 1, 1, 0])
      cursor[slot + 12] = 46
      let checksum = CRC32C.checksum(cursor.span.extracting(slot..<slot + 4092))
      for byte in 0..<4 { cursor[slot + 4092 + byte] = UInt8(truncatingIfNeeded: checksum >> UInt32(8 * byte)) }
    }
    fileSystem[Self.name] = cursor
    return fileSystem
  }

  /// Offsets of docs/formats/spool.md, 6: generation, base, done, samples before it, delivered, dropped outside.
  @Test(arguments: [16, 24, 32, 40, 48, 56], [.max, .max - 1, 1 << 63, 1 << 60] as [UInt64])
  func numbersBeyondAllThatAreWritten(offset: Int, value: UInt64) throws {
    let fileSystem = try files(value, at: offset)
    let spool = try Spool(fileSystem, Self.configuration)
    #expect(spool.status.lostCursors == 1)
    #expect(spool.ledger("central")?.isBalanced == true)
    try spool.storeCursors()
    #expect(try Spool(fileSystem.killed(), Self.configuration).status.lostCursors == 0)
  }
}
