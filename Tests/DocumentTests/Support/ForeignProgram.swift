import Foundation

/// A program that reads what we printed.
enum ForeignProgram {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  static let tools = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Tools")

  static func python(_ script: String, input: Data) throws -> Data {
    try run(["python3", tools.appendingPathComponent(script).path], input: input)
  }

  /// The program's standard output; throws what it wrote to standard error unless it ended with status 0.
  static func run(_ command: [String], input: Data = Data(), in directory: URL? = nil) throws -> Data {
    let scratch = try scratchDirectory()
    defer { try? FileManager.default.removeItem(at: scratch) }
    // Files, not pipes: a program may write before it has read everything.
    let files = ["in", "out", "err"].map { scratch.appendingPathComponent($0) }
    for (file, contents) in zip(files, [input, Data(), Data()]) { try contents.write(to: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.currentDirectoryURL = directory ?? scratch
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    if process.terminationStatus != 0 {
      let message = String(decoding: try Data(contentsOf: files[2]), as: UTF8.self)
      throw Failure(description: "\(command[0]) ended with \(process.terminationStatus): \(message)")
    }
    return try Data(contentsOf: files[1])
  }

  static func scratchDirectory() throws -> URL {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("rescfg-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    return directory
  }
}
