import Foundation
import Testing

/// The built program, run as a user runs it, in a directory of its own.
final class Workplace {
  struct Outcome {
    let status: Int32
    let bytes: Data
    let messages: String

    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  let base: URL

  init() throws {
    base = FileManager.default.temporaryDirectory.appending(path: "rescfg-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: base, withIntermediateDirectories: true)
  }

  deinit { _ = Result { try FileManager.default.removeItem(at: base) } }

  /// Beside the test bundle, wherever that was built.
  static let program: String = {
    var directory = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
      directory = bundle.bundleURL.deletingLastPathComponent()
    }
    return directory.appending(path: "rescfg").path
  }()

  func at(_ name: String) -> URL { base.appending(path: name) }

  func write(_ text: String, to name: String) throws {
    try FileManager.default.createDirectory(at: at(name).deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: at(name), atomically: false, encoding: .utf8)
  }

  /// All files below a directory, by relative path.
  func files(in name: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: at(name).path) {
      let url = at(name).appending(path: path)
      if try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
        files[path] = try Data(contentsOf: url)
      }
    }
    return files
  }

  func rescfg(_ arguments: String..., variables: [String: String] = [:], input: String? = nil) throws -> Outcome {
    try run(Self.program, arguments, variables, input)
  }

  /// A line for a shell that knows `rescfg`.
  func shell(_ line: String, variables: [String: String] = [:]) throws -> Outcome {
    try run("/bin/bash", ["-c", "rescfg() { \"$RESCFG_TEST_PROGRAM\" \"$@\"; }\n" + line], variables, nil)
  }

  private func run(
    _ program: String,
    _ arguments: [String],
    _ variables: [String: String],
    _ input: String?
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = base
    let own = ["PATH": "/usr/bin:/bin", "RESCFG_TEST_PROGRAM": Self.program]
    process.environment = own.merging(variables) { $1 }
    let outputFile = at(".output-\(UUID().uuidString)")
    let messageFile = at(".messages-\(UUID().uuidString)")
    for file in [outputFile, messageFile] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: messageFile)
    if let input {
      let inputFile = at(".input-\(UUID().uuidString)")
      try Data(input.utf8).write(to: inputFile)
      process.standardInput = try FileHandle(forReadingFrom: inputFile)
    } else {
      process.standardInput = FileHandle.nullDevice
    }
    try process.run()
    process.waitUntilExit()
    defer { for file in [outputFile, messageFile] { _ = Result { try FileManager.default.removeItem(at: file) } } }
    return Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus,
      bytes: try Data(contentsOf: outputFile),
      messages: String(decoding: try Data(contentsOf: messageFile), as: UTF8.self)
    )
  }
}

/// A model with two environments that differ.
let model = """
  version: 1
  enable_network_resilience: true
  environments:
    dev: {collector: rescfg, survive: 4h}
    prod: {network_partition_threshold: 5}

  """
