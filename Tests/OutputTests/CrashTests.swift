import Glibc
import Output
import Testing

/// Random histories of a directory, with a failure or a crash at every single change of the last render.
@Suite struct CrashTests {
  private static let names = ["a", "b/a", "b/b", "c/d/e", "c/d/f", "c/g", "h/i/j"]

  private func randomFiles(_ generator: inout SeededGenerator) -> [OutputFile] {
    Self.names.filter { _ in Bool.random(using: &generator) }
      .map { file($0, String(Int.random(in: 0..<3, using: &generator))) }
  }

  /// Every file is the old one or the new one, and whatever was never ours is as it was.
  private func isWhole(_ tree: MemoryTree, _ old: [OutputPath: MemoryTree.Node], _ new: [OutputPath: MemoryTree.Node])
    -> Bool
  {
    Set(old.keys).union(new.keys).union(tree.nodes.keys).subtracting([Manifest.path]).allSatisfy { path in
      tree.nodes[path] == old[path] || tree.nodes[path] == new[path]
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func killedRenderLeavesOldOrNewAndTheNextFinishes(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let (first, second, third) = (randomFiles(&generator), randomFiles(&generator), randomFiles(&generator))
    let before = MemoryTree()
    try render(first, to: before)
    before.nodes[path("mine")] = .file([9])
    let after = MemoryTree(before.nodes)
    try render(second, to: after)

    for operation in 0..<after.operationCount {
      let tree = MemoryTree(before.nodes)
      tree.failure = (operation, MemoryTree.crash)
      #expect(throws: OutputFailure.self, "seed \(seed)") { try render(second, to: tree) }
      #expect(isWhole(tree, before.nodes, after.nodes), "seed \(seed), operation \(operation)")

      // Another model is rendered next: what the killed run left is still known as ours.
      tree.restart()
      try render(third, to: tree)
      let clean = MemoryTree()
      try render(third, to: clean)
      clean.nodes[path("mine")] = .file([9])
      #expect(
        tree.nodes.filter { $0.value != .directory } == clean.nodes.filter { $0.value != .directory },
        "seed \(seed)"
      )
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func fullDiskLeavesTheOldTreeWhole(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let before = MemoryTree()
    try render(randomFiles(&generator), to: before)
    let wanted = randomFiles(&generator)
    let survey = try Survey(of: before, wanted: wanted, replacingManifest: false)
    let plan = WritePlan(survey, wanted: wanted, environment: "prod", version: "1")
    if plan.isEmpty { return }
    // Each new file, the manifest while writing and the one after.
    for operation in 0..<(plan.changes.count { $0.action == .create || $0.action == .update } + 2) {
      let tree = MemoryTree(before.nodes)
      tree.failure = (operation, ENOSPC)
      #expect(throws: OutputFailure.file(FileError(.write, "staged", ENOSPC)), "seed \(seed)") {
        try write(plan, to: tree, force: false)
      }
      #expect(tree.nodes == before.nodes, "seed \(seed), operation \(operation)")
      #expect(tree.staged.isEmpty)
    }
  }
}
