import Artifacts
import Document
import Foundation
import Model

/// The real promtool, which reads what we render.
enum PrometheusTool {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// `$PROMTOOL`, then `.tools/bin` and `.tools` of the package, then the search path.
  static func executable() throws -> String {
    let environment = ProcessInfo.processInfo.environment
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    let searched = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/promtool" }
    let candidates =
      [environment["PROMTOOL"]].compactMap { $0 } + ["\(root)/.tools/bin/promtool", "\(root)/.tools/promtool"]
      + searched
    guard let found = candidates.first(where: FileManager.default.isExecutableFile) else {
      throw Failure(description: "no promtool: set PROMTOOL to one, or run the set-up that puts it into .tools/bin")
    }
    return found
  }

  /// Runs promtool in a directory with these files; throws all that it wrote unless it ended well.
  static func run(_ arguments: [String], files: [String: String]) throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("rescfg-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    for (name, contents) in files {
      try Data(contents.utf8).write(to: directory.appendingPathComponent(name))
    }
    let log = directory.appendingPathComponent("promtool.log")
    try Data().write(to: log)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try executable())
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.standardOutput = try FileHandle(forWritingTo: log)
    process.standardError = process.standardOutput
    try process.run()
    process.waitUntilExit()
    if process.terminationStatus != 0 {
      let output = String(decoding: try Data(contentsOf: log), as: UTF8.self)
      throw Failure(description: "promtool \(arguments.joined(separator: " ")): \(output)")
    }
  }

  /// Runs the tests of a configuration's rules, which loads the rules as well.
  static func proveRules(of configuration: Configuration) throws {
    let scope = Baked(configuration)
    let files = ["rules.yml": yaml(ruleGroups(scope)).string, "rules_test.yml": yaml(ruleTests(scope)).string]
    try run(["test", "rules", "rules_test.yml"], files: files)
  }
}

/// Configurations to render in tests.
enum PrometheusCase {
  static func configuration(
    _ collector: Collector = .prometheus,
    version: PrometheusVersion = PrometheusVersion(3, 5),
    _ changed: [String: ScalarValue] = [:],
    externalLabels: [Configuration.ExternalLabel] = [],
    scrapeConfigs: [Node]? = nil,
    extraRules: [Node] = []
  ) -> Configuration {
    var written: [String: ScalarValue] = [
      "enable_network_resilience": .boolean(true), "enable_prometheus_stack": .boolean(true),
      "collector": collector.scalar, "prometheus_version": version.scalar,
    ]
    written.merge(changed) { $1 }
    return Configuration(
      environment: "prod",
      written: written.mapValues { Configuration.Resolved($0, from: .standard) },
      destinations: Configuration.destinations(in: written),
      externalLabels: externalLabels,
      scrapeConfigs: scrapeConfigs,
      extraRules: extraRules
    )
  }

  static let everyCollectorAndVersion = Collector.allCases.flatMap { collector in
    PrometheusVersion.supported.map { (collector, $0) }
  }

  static let here = Location(file: "rescfg.yaml", line: 1, column: 1)

  /// A piece of a model, with plain scalars.
  static func mapping(_ pairs: KeyValuePairs<String, String>) -> Node {
    Node(
      .mapping(pairs.map { .init($0.key, at: here, Node(.scalar($0.value, isPlain: true), at: here)) }),
      at: here
    )
  }
}
