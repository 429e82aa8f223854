import Foundation
import Testing

@testable import Document

// Foundation has a type of that name.
typealias Expression = Document.Expression

/// Numbers that a failing run can repeat: SplitMix64.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
  mutating func pick<Element>(_ list: [Element]) -> Element {
    list[Int.random(in: 0..<list.count, using: &self)]
  }
}

/// Strings that break out of quoting done wrong. All in Unicode's composed form: Terraform composes every string it
/// reads, so no other survives it. Without U+FEFF, which Foundation's JSON reader drops.
func adversarialString(_ random: inout Seeded, lines: Bool = false) -> String {
  let pieces = [
    "a", "0", " ", "  ", "\"", "\\", "\n", "\t", "\r", "${", "%{", "${x}", "%{ if x }", "$", "%", "{", "}", "$$", "%%",
    "{{", "}}", "{{ x }}", "\u{2028}", "\u{2029}", "\u{a0}", "\u{85}", "<", ">", "&", "'", "`", "#", "//",
    ": #", "\"} or vector(1)", "$(x)", "é", "日本", "😀", "EOT", "\nEOT\n", "\u{1}", "\u{8}", "\u{c}", "\u{7f}", "~",
    "\\n",
    "\\u0041", "$\\{", "null",
  ]
  var text = (0..<Int.random(in: 0...8, using: &random)).map { _ in random.pick(pieces) }.joined()
  if lines { text += "\n" }
  return text
}

struct Finished {
  let status: Int32
  let output: String
  let errors: String
}

/// Runs a program of the path to its end.
func run(_ program: String, _ arguments: [String], in directory: URL) throws -> Finished {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["-u", "TF_CLI_CONFIG_FILE", "CHECKPOINT_DISABLE=1", program] + arguments
  process.currentDirectoryURL = directory
  let errorFile = directory.appendingPathComponent(".errors")
  try Data().write(to: errorFile)
  process.standardError = try FileHandle(forWritingTo: errorFile)
  let output = Pipe()
  process.standardOutput = output
  try process.run()
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return Finished(
    status: process.terminationStatus,
    output: String(decoding: data, as: UTF8.self),
    errors: String(decoding: try Data(contentsOf: errorFile), as: UTF8.self)
  )
}

func withTemporaryDirectory<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let directory = FileManager.default.temporaryDirectory.appendingPathComponent("rescfg-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: directory) }
  return try body(directory)
}

/// The values of the outputs, as Terraform plans them.
func planned(_ body: HCLBody) throws -> [String: Any] {
  try withTemporaryDirectory { directory in
    try Data(hcl(body).string.utf8).write(to: directory.appendingPathComponent("main.tf"))
    let plan = try run("terraform", ["plan", "-no-color", "-input=false", "-out=plan"], in: directory)
    try #require(plan.status == 0, "\(plan.errors.suffix(3000))")
    let shown = try run("terraform", ["show", "-json", "plan"], in: directory)
    let document = try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any]
    let values = try #require(document?["planned_values"] as? [String: Any])
    let outputs = try #require(values["outputs"] as? [String: [String: Any]])
    return outputs.compactMapValues { $0["value"] }
  }
}
