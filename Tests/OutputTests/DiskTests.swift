import Foundation
import Output
import Testing

/// The real file system, where it differs from the one in memory.
@Suite final class DiskTests {
  private let base: URL

  init() throws {
    base = FileManager.default.temporaryDirectory.appending(path: "rescfg-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: base, withIntermediateDirectories: true)
  }

  deinit { _ = Result { try FileManager.default.removeItem(at: base) } }

  private func at(_ name: String) -> String { base.appending(path: name).path }

  private func text(_ name: String) throws -> String { try String(contentsOfFile: at(name), encoding: .utf8) }

  private func make(_ name: String, _ text: String) throws {
    let url = base.appending(path: name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: false, encoding: .utf8)
  }

  @Test func writesUpdatesAndPrunes() throws {
    try render([file("a/b", "1"), file("c/d/e", "2")], to: Disk.forWriting(at("deep/er/out/")))
    #expect(try text("deep/er/out/a/b") == "1")
    try render([file("a/b", "3")], to: Disk.forWriting(at("deep/er/out")))
    #expect(try text("deep/er/out/a/b") == "3")
    let left = try FileManager.default.contentsOfDirectory(atPath: at("deep/er/out"))
    #expect(left.sorted() == [".rescfg-manifest.json", "a"])
  }

  @Test func linksOutOfTheDirectoryAreNotFollowed() throws {
    try make("outside/x", "theirs")
    try render([file("d/x", "1"), file("f", "1")], to: Disk.forWriting(at("out")))
    let manager = FileManager.default
    try manager.removeItem(atPath: at("out/d"))
    try manager.removeItem(atPath: at("out/f"))
    try manager.createSymbolicLink(atPath: at("out/d"), withDestinationPath: at("outside"))
    try manager.createSymbolicLink(atPath: at("out/f"), withDestinationPath: at("outside/x"))
    let wanted = [file("d/x", "2"), file("f", "2")]
    #expect(
      throws: OutputFailure.conflicts([Conflict(path("d"), .notADirectory), Conflict(path("f"), .notAFile)])
    ) { try render(wanted, to: Disk.forWriting(at("out"))) }
    try render(wanted, to: Disk.forWriting(at("out")), force: true)
    #expect(try text("outside/x") == "theirs")
    #expect(try text("out/d/x") == "2")
    #expect(try text("out/f") == "2")
    // No longer rendered: the links' targets are safe from pruning too.
    try manager.removeItem(atPath: at("out/d"))
    try manager.createSymbolicLink(atPath: at("out/d"), withDestinationPath: at("outside"))
    try render([file("f", "2")], to: Disk.forWriting(at("out")))
    #expect(try text("outside/x") == "theirs")
  }

  @Test func leftoversOfAKilledRunAreTakenOver() throws {
    try make("out/.rescfg-staging/0", "half")
    try make("out/.rescfg-staging/99", "half")
    try render([file("a", "1")], to: Disk.forWriting(at("out")))
    #expect(try FileManager.default.contentsOfDirectory(atPath: at("out")).sorted() == [".rescfg-manifest.json", "a"])
  }

  @Test func placesThatAreNoDirectoryAreNamed() throws {
    try make("file", "1")
    for place in ["file", "file/out"] {
      #expect {
        _ = try Disk.forWriting(at(place))
      } throws: { error in
        (error as? FileError)?.path.hasPrefix(at("file")) == true
      }
    }
    #expect(try Disk.existing(at("missing")) == nil)
  }

  @Test func abandonedDirectoriesAreTakenBack() throws {
    let disk = try Disk.forWriting(at("x/y/z"))
    disk.abandon()
    #expect(!FileManager.default.fileExists(atPath: at("x")))
  }

  @Test func aPipeInTheWayDoesNotHang() throws {
    try render([file("a", "1")], to: Disk.forWriting(at("out")))
    try FileManager.default.removeItem(atPath: at("out/a"))
    let made = unsafe mkfifo(at("out/a"), 0o600)
    #expect(made == 0)
    #expect(throws: OutputFailure.conflicts([Conflict(path("a"), .notAFile)])) {
      try render([file("a", "1")], to: Disk.forWriting(at("out")))
    }
  }
}
