import Foundation
import Testing

@testable import Artifacts
@testable import Document
@testable import Model

// Foundation has a type of that name.
typealias Expression = Document.Expression

enum TerraformTools {
  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  /// Has what the stand-in providers need; `make tools` makes it.
  static let python = repository.appendingPathComponent(".tools/venv/bin/python").path

  struct Finished {
    let status: Int32
    let output: String
  }

  /// Runs a program to its end; `output` is what it said, errors last.
  static func run(_ command: [String], in directory: URL) throws -> Finished {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["-u", "TF_CLI_CONFIG_FILE", "CHECKPOINT_DISABLE=1"] + command
    process.currentDirectoryURL = directory
    let files = ["out", "err"].map { directory.appendingPathComponent(".\($0)") }
    for file in files { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    return Finished(status: process.terminationStatus, output: texts.joined())
  }

  static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rescfg-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  static func write(_ artifacts: [Artifact], to folder: URL) throws {
    for artifact in artifacts {
      let file = folder.appendingPathComponent(artifact.path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(artifact.contents.utf8).write(to: file)
    }
  }

  /// The values of a configuration's outputs, as Terraform plans them without any provider.
  static func outputs(of body: HCLBody) throws -> [String: Any] {
    try withFolder { folder in
      try Data(hcl(body).string.utf8).write(to: folder.appendingPathComponent("main.tf"))
      let plan = try run(["terraform", "plan", "-no-color", "-input=false", "-out=plan"], in: folder)
      try #require(plan.status == 0, "\(plan.output.suffix(3000))")
      let shown = try run(["terraform", "show", "-json", "plan"], in: folder)
      let document = try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any]
      let values = try #require(document?["planned_values"] as? [String: Any])
      return try #require(values["outputs"] as? [String: [String: Any]]).compactMapValues { $0["value"] }
    }
  }
}

/// Numbers that a failing run can repeat: SplitMix64.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}

/// Any value that the setting takes.
func randomValue(of info: SettingInfo, _ random: inout SeededNumbers) -> ScalarValue {
  switch info.domain {
  case .boolean: return .boolean(.random(using: &random))
  case .integer(let range): return .integer(.random(in: range, using: &random))
  case .oneOf(let list): return .integer(list.randomElement(using: &random) ?? list[0])
  case .number(let range):
    let thousandths = Int.random(in: 1...999, using: &random)
    return .number(max(range.lowerBound, min(range.upperBound, Double(thousandths) / 1000)))
  case .duration(let range):
    let milliseconds = Int.random(in: range.lowerBound.milliseconds...range.upperBound.milliseconds, using: &random)
    return .duration(PrometheusDuration(milliseconds: milliseconds))
  case .bytes(let range): return .quantity(randomQuantity(in: range, ["Mi", "Gi", "M", "G", ""], &random))
  case .cores(let range): return .quantity(randomQuantity(in: range, ["m", ""], &random))
  case .text(let format): return .text(randomText(format, &random))
  case .choice(let words): return .text(words[0].word)
  }
}

private func randomQuantity(
  in range: ClosedRange<Quantity>,
  _ suffixes: [String],
  _ random: inout SeededNumbers
) -> Quantity {
  while true {
    let text = "\(Int.random(in: 1...2000, using: &random))\(suffixes.randomElement(using: &random) ?? "")"
    if let quantity = Quantity(text), range.contains(quantity) { return quantity }
    if suffixes.contains("Mi"), let bytes = Quantity("\(range.lowerBound.thousandths / 1000)"), range.contains(bytes) {
      return bytes
    }
  }
}

private func randomText(_ format: TextFormat, _ random: inout SeededNumbers) -> String {
  let number = Int.random(in: 1...99, using: &random)
  return switch format {
  case .dnsLabel: "name-\(number)"
  case .clusterName: "eks-\(number)_b"
  case .name: "a/b_\(number).c"
  case .kmsAlias: "alias/team_\(number)/key"
  case .urlPath: "/write/\(number)"
  case .httpURL: "https://central-\(number).example:8443/a~b"
  case .httpURLs: "http://alerts-\(number):9093,https://alerts.example/am"
  case .cidr: "10.\(number).0.0/16"
  case .path: "/data/\(number)/_x"
  case .image: "mirror.example/team/image:v\(number)"
  case .awsSchedule: "cron(\(number % 60) 4 * * ? *)"
  case .line: "\(number) \"quoted\" ${x} %{if} {{ $labels.x }} `b` #1: \\ é \u{2028} $(x) '%' 1e3"
  }
}
