import Foundation
import Testing

/// A page in the text format 0.0.4, read by its own rules.
struct ReadPage {
  struct Series {
    var family: String
    var name: String
    var labels: [(name: String, value: String)]
    var value: String
  }

  private(set) var order: [String] = []
  private(set) var helps: [String: String] = [:]
  private(set) var types: [String: String] = [:]
  private(set) var series: [Series] = []

  init(_ text: String) throws {
    try #require(text.hasSuffix("\n"))
    for line in text.split(separator: "\n").map(String.init) {
      let words = line.split(separator: " ", maxSplits: 3).map(String.init)
      if line.hasPrefix("# HELP ") {
        order.append(words[2])
        helps[words[2]] = words[3]
      } else if line.hasPrefix("# TYPE ") {
        #expect(order.last == words[2])
        types[words[2]] = words[3]
      } else {
        series.append(try Self.series(line, family: #require(order.last)))
      }
    }
  }

  private static func series(_ line: String, family: String) throws -> Series {
    let pattern = /([a-z_]+)(?:\{(.*)\})? (\S+)/
    let match = try #require(try pattern.wholeMatch(in: line), "\(line)")
    let labels = (match.2 ?? "").matches(of: /([a-z_]+)="((?:[^"\\]|\\.)*)"/).map { (String($0.1), String($0.2)) }
    let name = String(match.1)
    #expect([family, family + "_bucket", family + "_sum", family + "_count"].contains(name))
    return Series(family: family, name: name, labels: labels, value: String(match.3))
  }
}

/// What `promtool check metrics` says of a page; nothing where it finds nothing.
func promtoolCheckMetrics(_ page: String) throws -> String {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  let environment = ProcessInfo.processInfo.environment
  let candidates =
    [environment["PROMTOOL"]].compactMap { $0 } + [root.appendingPathComponent(".tools/bin/promtool").path]
    + (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/promtool" }
  let promtool = try #require(candidates.first(where: FileManager.default.isExecutableFile))
  let directory = FileManager.default.temporaryDirectory
  let input = directory.appendingPathComponent("rescfg-page-\(UUID().uuidString)")
  let output = directory.appendingPathComponent("rescfg-said-\(UUID().uuidString)")
  try Data(page.utf8).write(to: input)
  try Data().write(to: output)
  defer {
    try? FileManager.default.removeItem(at: input)
    try? FileManager.default.removeItem(at: output)
  }
  let process = Process()
  process.executableURL = URL(fileURLWithPath: promtool)
  process.arguments = ["check", "metrics"]
  process.standardInput = try FileHandle(forReadingFrom: input)
  process.standardOutput = try FileHandle(forWritingTo: output)
  process.standardError = process.standardOutput
  try process.run()
  process.waitUntilExit()
  return String(decoding: try Data(contentsOf: output), as: UTF8.self)
}
