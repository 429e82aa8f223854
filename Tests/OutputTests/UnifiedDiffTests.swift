import Foundation
import Output
import Testing

@Suite struct UnifiedDiffTests {
  private func diff(_ old: String?, _ new: String?) -> String {
    let lines = UnifiedDiff("f", from: old.map { Array($0.utf8) }, to: new.map { Array($0.utf8) }).lines
    return String(decoding: lines.flatMap(\.bytes), as: UTF8.self)
  }

  @Test func equalFilesHaveNone() {
    #expect(diff("a\n", "a\n") == "")
    #expect(diff(nil, nil) == "")
  }

  @Test func threeLinesAroundAChange() {
    let old = (1...12).map { "\($0)\n" }.joined()
    let new = old.replacingOccurrences(of: "6\n", with: "six\n")
    #expect(diff(old, new) == "--- a/f\n+++ b/f\n@@ -3,7 +3,7 @@\n 3\n 4\n 5\n-6\n+six\n 7\n 8\n 9\n")
  }

  @Test func filesThatComeAndGo() {
    #expect(diff(nil, "a\nb\n") == "--- /dev/null\n+++ b/f\n@@ -0,0 +1,2 @@\n+a\n+b\n")
    #expect(diff("a\n", nil) == "--- a/f\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n")
  }

  @Test func lastLineWithoutLineFeed() {
    #expect(diff("a", "a\n") == "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n")
  }

  @Test func binaryFilesAreNotShown() {
    #expect(diff("a\0", "b") == "Binary files a/f and b/f differ\n")
  }

  /// Random edits of random files, put back by patch(1); as short as diff(1) makes it, where the limit isn't met.
  @Test(arguments: 0..<40 as Range<UInt64>)
  func patchTurnsOldIntoNew(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let old = (0..<Int.random(in: 0..<60, using: &generator)).map { _ in "\(Int.random(in: 0..<8, using: &generator))" }
    var new = old
    for _ in 0..<Int.random(in: 1..<10, using: &generator) {
      let index = Int.random(in: 0...new.count, using: &generator)
      if Bool.random(using: &generator) || index == new.count {
        new.insert("x", at: index)
      } else {
        new.remove(at: index)
      }
    }
    let end = Bool.random(using: &generator) ? "\n" : ""
    try checkPatch(
      old.joined(separator: "\n") + "\n",
      new.joined(separator: "\n") + end,
      isShortest: true,
      "seed \(seed)"
    )
  }

  @Test func hugeDifferencesAreStillRight() throws {
    let old = (0..<20_000).map { "\($0)\n" }.joined()
    let new = (0..<20_000).map { "\($0 * 7 % 20_011)\n" }.joined()
    try checkPatch("same\n" + old, "same\n" + new, isShortest: false, "huge")
  }

  private func checkPatch(_ old: String, _ new: String, isShortest: Bool, _ label: String) throws {
    let base = FileManager.default.temporaryDirectory.appending(path: "rescfg-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: base, withIntermediateDirectories: true)
    defer { _ = Result { try FileManager.default.removeItem(at: base) } }
    try old.write(to: base.appending(path: "f"), atomically: false, encoding: .utf8)
    try new.write(to: base.appending(path: "g"), atomically: false, encoding: .utf8)
    let ours = diff(old, new)
    try ours.write(to: base.appending(path: "p"), atomically: false, encoding: .utf8)
    let (status, theirs) = try run("/usr/bin/diff", ["-u", "f", "g"], in: base)
    #expect(status <= 1)
    if isShortest {
      let changes = { (text: String) in
        text.split(separator: "\n").dropFirst(2).count { $0.hasPrefix("+") || $0.hasPrefix("-") }
      }
      #expect(changes(ours) <= changes(theirs), "\(label)")
    }
    if ours.isEmpty { return }
    #expect(try run("/usr/bin/patch", ["-s", "-p1", "-i", "p"], in: base).status == 0, "\(label)")
    #expect(try Data(contentsOf: base.appending(path: "f")) == Data(new.utf8), "\(label)")
  }

  private func run(_ program: String, _ arguments: [String], in directory: URL) throws -> (
    status: Int32, output: String
  ) {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = directory
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
