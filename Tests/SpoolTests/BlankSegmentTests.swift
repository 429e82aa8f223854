import Samples
import Spool
import SpoolTestSupport
import Testing

/// A process that is killed between making a segment and writing it leaves a file without a byte; by the time the files before it have been
/// removed, it is the first one there.
@Suite struct BlankSegmentTests {
  private let configuration = SpoolConfiguration(byteCountMax: 24 << 10, destinations: ["central"])

  /// Segments from a number above 1 on, and blank ones before them.
  private func directory(blank sizes: [Int]) throws -> SimulatedFileSystem {
    var script = Script(seed: 4)
    let fileSystem = SimulatedFileSystem()
    _ = script.run(fileSystem, steps: 150)
    var names = fileSystem.allNames.filter { $0.hasSuffix(".seg") }
    #expect(names.first != "0000000000000001.seg" && names.count > sizes.count)
    for size in sizes {
      fileSystem[names.removeFirst()] = [UInt8](repeating: 0, count: size)
    }
    return fileSystem
  }

  @Test(arguments: [[0], [0, 0], [64], [7, 0]]) func costsNothing(sizes: [Int]) throws {
    let fileSystem = try directory(blank: sizes)
    // A destination that nobody knew begins with the oldest record there is, not with the first there ever was.
    let other = SpoolConfiguration(byteCountMax: 24 << 10, destinations: ["other"])
    let spool = try Spool(fileSystem.killed(), other)
    let ledger = try #require(spool.ledger("other"))
    let (records, lost) = Oracle.drain(spool, "other")
    #expect(lost.isEmpty)
    #expect(ledger.collected == records.values.reduce(0) { $0 + UInt64($1.values.count) })
    #expect(spool.status.firstSequence == records.keys.min())
  }

  @Test(arguments: [[0], [0, 0]]) func isNoDamage(sizes: [Int]) throws {
    let fileSystem = try directory(blank: sizes)
    var findings: [Finding] = []
    let totals = try SpoolInspection(fileSystem).verify { findings.append($0) }
    #expect(totals.lostSamples == 0)
    #expect(findings.filter { $0.kind == .missing }.isEmpty, "\(findings)")
  }
}
