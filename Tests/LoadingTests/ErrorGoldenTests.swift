import Artifacts
import Foundation
import Loading
import Model
import Testing

/// Bad models and exactly what is said of them: `golden/errors/<case>.yaml` and `<case>.txt`.
///
/// `RECORD=1 swift test --filter ErrorGolden` writes the texts anew, and fails so that no run records unseen.
@Suite struct ErrorGoldenTests {
  static let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "golden/errors")
  static let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"

  /// Environments other than `prod`.
  static let environments = ["missing-environment": "prdo"]

  static func names(_ suffix: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory.path).filter { $0.hasSuffix(suffix) }
      .map { String($0.dropLast(suffix.count)) }.sorted()
  }

  @Test(arguments: try names(".yaml")) func messagesAreTheRecordedOnes(name: String) throws {
    let bytes = [UInt8](try Data(contentsOf: Self.directory.appending(path: name + ".yaml")))
    let environment = Self.environments[name] ?? "prod"
    let findings: [Diagnostic]
    do { findings = try load(bytes, file: "rescfg.yaml").examine(environment).findings } catch { findings = error.all }
    #expect(!findings.isEmpty)
    let text = TerminalReport(sources: ["rescfg.yaml": bytes], isColoured: false).text(of: findings)
    let golden = Self.directory.appending(path: name + ".txt")
    if Self.isRecording {
      try Data(text.utf8).write(to: golden)
      Issue.record("recorded \(golden.lastPathComponent)")
    } else {
      let recorded = try Data(contentsOf: golden)
      #expect(Array(text.utf8) == [UInt8](recorded), "\(text)")
    }
  }

  @Test func everyTextHasItsModel() throws {
    #expect(try Self.names(".txt") == Self.names(".yaml"))
  }
}
