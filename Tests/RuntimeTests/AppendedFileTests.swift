import Agent
import Foundation
import Testing

@testable import Runtime

/// The file that events and dead letters are written to.
@Suite struct AppendedFileTests {
  /// A folder of the test's own, gone with it.
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("rescfg-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appendingPathComponent(name).path }
    func text(_ name: String) -> String {
      String(decoding: FileManager.default.contents(atPath: path(name)) ?? Data(), as: UTF8.self)
    }
  }

  @Test func isThereFromTheStartAndForNobodyElse() throws {
    let folder = try Folder()
    let file = AppendedFile(path: folder.path("events"), byteCountMax: 1000)
    #expect(file.create() == nil)
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("events"))
    #expect(attributes[.size] as? Int == 0 && attributes[.posixPermissions] as? Int == 0o600)
  }

  /// Whatever the lines are: both files within the bound, and in them the last lines, whole, in order, each once.
  @Test(arguments: [UInt64.random(in: 0 ... .max), 1, 2]) func isBoundedAndKeepsWhatIsNew(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = try Folder()
    let bound = 2000
    var file = AppendedFile(path: folder.path("events"), byteCountMax: bound)
    var lines: [String] = []
    for number in 0..<400 {
      // Now and then by a program that was started anew.
      if Int.random(in: 0..<20, using: &random) == 0 {
        file = AppendedFile(path: folder.path("events"), byteCountMax: bound)
      }
      let line = "\(number) " + String(repeating: "x", count: Int.random(in: 0...300, using: &random)) + "\n"
      #expect(file.append(Array(line.utf8)))
      lines.append(line)
      let (new, old) = (folder.text("events"), folder.text("events.1"))
      if new.utf8.count > bound || old.utf8.count > bound { Issue.record("seed \(seed): \(new.utf8.count)") }
      if !lines.joined().hasSuffix(old + new) || !new.hasSuffix(line) { Issue.record("seed \(seed), line \(number)") }
    }
    #expect(folder.text("events.1").utf8.count > bound / 2, "there was something to keep")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    #expect(Set(names) == ["events", "events.1"])
  }

  @Test func followsNoLink() throws {
    let folder = try Folder()
    try FileManager.default.createSymbolicLink(atPath: folder.path("events"), withDestinationPath: folder.path("other"))
    let file = AppendedFile(path: folder.path("events"), byteCountMax: 1000)
    #expect(file.create() == ELOOP && !file.append([10]))
    #expect(!FileManager.default.fileExists(atPath: folder.path("other")))
  }

  @Test func leavesOutWhatADiskDoesNotTakeAndTriesAgain() throws {
    let file = AppendedFile(path: "/dev/full", byteCountMax: 1 << 20)
    #expect(file.create() == nil)
    #expect(!file.append(Array("a line\n".utf8)) && !file.append(Array("another\n".utf8)))
    let folder = try Folder()
    let late = AppendedFile(path: folder.path("not/yet/there"), byteCountMax: 1000)
    #expect(late.create() == ENOENT && !late.append(Array("lost\n".utf8)))
    try FileManager.default.createDirectory(atPath: folder.path("not/yet"), withIntermediateDirectories: true)
    #expect(late.append(Array("kept\n".utf8)) && folder.text("not/yet/there") == "kept\n")
  }
}
