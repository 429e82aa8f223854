import Artifacts
import Foundation
import Loading
import Model
import Testing

/// Bad models and exactly what is said of them: `golden/errors/<case>.yaml` and `<case>.txt`.
///
/// `RECORD=1 swift test --filter ErrorGolden` writes the texts anew, and fails so that no run records unseen.
@Suite struct ErrorGoldenTests {
  /// Environments other than `prod`.
  static let environments = ["missing-environment": "prdo"]

  @Test(arguments: try Repository.names(in: "golden/errors", ".yaml"))
  func messagesAreTheRecordedOnes(name: String) throws {
    let bytes = try Repository.bytes("golden/errors/\(name).yaml")
    let findings: [Diagnostic]
    do {
      findings = try load(bytes, file: "rescfg.yaml").examine(Self.environments[name] ?? "prod").findings
    } catch { findings = error.all }
    #expect(!findings.isEmpty)
    let text = TerminalReport(sources: ["rescfg.yaml": bytes], isColoured: false).text(of: findings)
    let golden = "golden/errors/\(name).txt"
    if Repository.isRecording {
      try Repository.write(text, to: golden)
      Issue.record("recorded \(golden)")
    } else {
      #expect(Array(text.utf8) == (try Repository.bytes(golden)), "\(text)")
    }
  }

  @Test func everyTextHasItsModel() throws {
    #expect(try Repository.names(in: "golden/errors", ".txt") == Repository.names(in: "golden/errors", ".yaml"))
  }
}
