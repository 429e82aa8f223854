import Artifacts
import Document
import Foundation
import Testing

/// Folders of rendered manifests, and the programs that read them.
struct KubernetesConsumers: ~Copyable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("rescfg-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) }
  }

  /// The files of one case below a folder of their own.
  @discardableResult
  func write(_ artifacts: [Artifact], to name: String, dropping isDropped: (Substring) -> Bool = { _ in false })
    throws -> [URL]
  {
    try artifacts.map { artifact in
      let file = folder.appendingPathComponent(name).appendingPathComponent(artifact.path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      let lines = artifact.contents.split(separator: "\n", omittingEmptySubsequences: false)
      try Data(lines.filter { !isDropped($0) }.joined(separator: "\n").utf8).write(to: file)
      return file
    }
  }

  struct Finished {
    let status: Int32
    let output: String
    let errors: String
  }

  /// Runs a program of `.tools`, or of the system where its name has no `/`.
  func run(_ program: String, _ arguments: [String]) throws -> Finished {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program.contains("/") ? root.appendingPathComponent(program).path : program] + arguments
    process.currentDirectoryURL = folder
    let files = ["stdout", "stderr"].map { folder.appendingPathComponent($0) }
    for file in files { try Data().write(to: file) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    return Finished(status: process.terminationStatus, output: texts[0], errors: texts[1])
  }
}
