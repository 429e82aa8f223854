import Foundation

/// The files this package is tested against.
enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Whether recorded files are to be written anew; the run then fails, so that nobody records unseen.
  static let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"

  static func names(in directory: String, _ suffix: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appending(path: directory).path)
      .filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }.sorted()
  }

  /// The directories of examples/ that hold a model.
  static func examples() throws -> [String] {
    try names(in: "examples").filter {
      FileManager.default.fileExists(atPath: root.path + "/examples/\($0)/rescfg.yaml")
    }
  }

  static func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: root.appending(path: path))) }

  static func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

  static func write(_ text: String, to path: String) throws {
    let file = root.appending(path: path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}
