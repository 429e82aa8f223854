import Output
import Testing

@Suite struct WritePlanTests {
  let tree = MemoryTree()

  private func text(_ name: String) -> String? {
    if case .file(let bytes) = tree.nodes[path(name)] { String(decoding: bytes, as: UTF8.self) } else { nil }
  }

  private func conflicts(_ body: () throws(OutputFailure) -> Void) -> [Conflict] {
    do throws(OutputFailure) {
      try body()
      return []
    } catch {
      guard case .conflicts(let conflicts) = error else {
        Issue.record("another failure: \(error)")
        return []
      }
      return conflicts
    }
  }

  @Test func newDirectoryGetsFilesAndManifest() throws {
    try render([file("a/b", "1"), file("c", "2")], to: tree)
    #expect(text("a/b") == "1")
    #expect(text("c") == "2")
    let manifest = try #require(text(".rescfg-manifest.json"))
    #expect(try Manifest(reading: Array(manifest.utf8)).records.map(\.path.text) == ["a/b", "c"])
    #expect(tree.staged.isEmpty)
  }

  @Test func secondRenderChangesNothing() throws {
    try render([file("a/b", "1")], to: tree)
    let before = tree.operationCount
    let plan = try render([file("a/b", "1")], to: tree)
    #expect(plan.isEmpty)
    #expect(tree.operationCount == before)
  }

  @Test func noLongerRenderedFilesGoWithTheirDirectories() throws {
    try render([file("a/b/c", "1"), file("a/d", "2")], to: tree)
    try render([file("a/d", "2")], to: tree)
    #expect(Set(tree.nodes.keys.map(\.text)) == ["a", "a/d", ".rescfg-manifest.json"])
  }

  @Test func foreignFilesBesideOursStay() throws {
    try render([file("a/b", "1")], to: tree)
    tree.nodes[path("a/mine")] = .file([1])
    try render([], to: tree)
    #expect(Set(tree.nodes.keys.map(\.text)) == ["a", "a/mine", ".rescfg-manifest.json"])
  }

  @Test func keptFilesStayOnRecord() throws {
    try render([file("a", "1"), file("b", "2")], to: tree)
    try render([file("a", "1")], to: tree, prunes: false)
    #expect(text("b") == "2")
    try render([file("a", "1")], to: tree)
    #expect(text("b") == nil)
  }

  @Test func partialRenderLeavesTheRestAlone() throws {
    try render([file("a/x", "1"), file("b/x", "2")], to: tree)
    try render([file("a/y", "3")], to: tree, environment: "dev") { $0.text.hasPrefix("a/") }
    #expect(text("a/x") == nil)
    #expect(text("b/x") == "2")
    let manifest = try Manifest(reading: Array(try #require(text(".rescfg-manifest.json")).utf8))
    #expect(manifest.records.map { "\($0.path.text) \($0.environment)" } == ["a/y dev", "b/x prod"])
  }

  @Test func everythingInTheWayIsNamedAtOnceAndNothingWritten() throws {
    try render([file("edited", "1"), file("stale", "2"), file("fine", "3")], to: tree)
    tree.nodes[path("edited")] = .file([1])
    tree.nodes[path("stale")] = .file([2])
    tree.nodes[path("foreign")] = .file([3])
    tree.nodes[path("linked")] = .link
    tree.nodes[path("directory")] = .directory
    tree.nodes[path("blocked")] = .link
    let before = tree.nodes
    let wanted = ["edited", "fine", "foreign", "linked", "directory", "blocked/x", "blocked/y", "new"]
    let found = conflicts { () throws(OutputFailure) in try render(wanted.map { file($0, "new") }, to: tree) }
    #expect(
      found == [
        Conflict(path("blocked"), .notADirectory), Conflict(path("directory"), .directory),
        Conflict(path("edited"), .edited), Conflict(path("foreign"), .foreignFile), Conflict(path("linked"), .notAFile),
        Conflict(path("stale"), .editedStale),
      ]
    )
    #expect(tree.nodes == before)

    tree.nodes[path("directory")] = nil
    try render(wanted.map { file($0, "new") }, to: tree, force: true)
    #expect(wanted.allSatisfy { text($0) == "new" })
    #expect(text("stale") == nil)
  }

  @Test func forceDoesNotRemoveDirectories() {
    tree.nodes = [path("a"): .directory, path("a/mine"): .file([1])]
    let found = conflicts { () throws(OutputFailure) in try render([file("a", "1")], to: tree, force: true) }
    #expect(found == [Conflict(path("a"), .directory)])
    #expect(tree.nodes[path("a/mine")] == .file([1]))
  }

  @Test func directoryWithoutManifestIsForeign() throws {
    tree.nodes[path("other")] = .file([1])
    let found = conflicts { () throws(OutputFailure) in try render([file("a", "1")], to: tree) }
    #expect(found == [Conflict(nil, .foreignDirectory)])
    try render([file("a", "1")], to: tree, force: true)
    #expect(text("a") == "1")
    #expect(tree.nodes[path("other")] == .file([1]))
  }

  @Test func fileThatIsAlreadyRightIsNobodysFault() throws {
    try render([file("a", "1")], to: tree)
    tree.nodes[path("b")] = .file(Array("2".utf8))
    try render([file("a", "1"), file("b", "2")], to: tree)
    #expect(text("b") == "2")
  }

  @Test func brokenManifestIsAnErrorUnlessForced() throws {
    tree.nodes[Manifest.path] = .file(Array("{".utf8))
    #expect(throws: OutputFailure.self) { try render([file("a", "1")], to: tree) }
    try render([file("a", "1")], to: tree, force: true)
    #expect(text("a") == "1")
  }

  @Test func orderOfFilesDoesNotMatter() throws {
    let wanted = (0..<20).map { file("d\($0 % 3)/f\($0)", "\($0)") }
    try render(wanted, to: tree)
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<20 {
      let other = MemoryTree()
      try render(wanted.shuffled(using: &generator), to: other)
      #expect(other.nodes == tree.nodes)
    }
  }
}
