import Artifacts
import Document
import Foundation
import Model
import Testing

@Suite struct ReportTests {
  private static func location(_ line: Int, _ column: Int, _ file: String = "a b,c:d.yaml") -> Location {
    Location(file: file, line: line, column: column)
  }

  private let diagnostics = [
    Diagnostic(
      .error,
      "one",
      "100 % \"wrong\"",
      at: location(2, 3),
      help: "mend\nit",
      related: [.init("first", at: location(1, 1))],
      changes: [
        Change(path: "survive", value: .duration("1h")), Change(path: "load.nodes", value: .integer(3)),
        Change(path: "alerts.queue_fill", value: .number(0.5)), Change(path: "agent.every_node", value: .boolean(true)),
      ]
    ),
    Diagnostic(.warning, "two", "hm"), Diagnostic(.note, "three", "by the way", at: location(4, 1)),
  ]

  private func parsed(_ tree: Tree<Never>) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(json(tree).string.utf8))
  }

  @Test func jsonHoldsEverything() throws {
    let objects = try #require(try parsed(jsonReport(diagnostics)) as? [[String: Any]])
    #expect(objects.map { $0["code"] as? String } == ["one", "two", "three"])
    #expect(objects.map { $0["severity"] as? String } == ["error", "warning", "note"])
    #expect(objects[0]["message"] as? String == "100 % \"wrong\"")
    #expect((objects[0]["location"] as? [String: Any])?["column"] as? Int == 3)
    #expect(objects[1]["location"] is NSNull)
    #expect((objects[0]["related"] as? [[String: Any]])?.count == 1)
    let changes = try #require(objects[0]["changes"] as? [[String: Any]])
    #expect(
      changes.map { $0["setting"] as? String } == ["survive", "load.nodes", "alerts.queue_fill", "agent.every_node"]
    )
    #expect(changes[0]["value"] as? String == "1h" && changes[1]["value"] as? Int == 3)
    #expect(changes[2]["value"] as? Double == 0.5 && changes[3]["value"] as? Bool == true)
    #expect((objects[1]["changes"] as? [[String: Any]])?.isEmpty == true)
  }

  /// The parts of SARIF 2.1.0 that code scanning reads.
  @Test func sarifNamesRulesPlacesAndLevels() throws {
    let log = try #require(try parsed(sarifReport(diagnostics)) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.map { $0["ruleId"] as? String } == ["one", "two", "three"])
    #expect(results.map { $0["level"] as? String } == ["error", "warning", "note"])
    let place = (results[0]["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any]
    #expect((place?["artifactLocation"] as? [String: Any])?["uri"] as? String == "a%20b%2Cc%3Ad.yaml")
    #expect((place?["region"] as? [String: Any])?["startColumn"] as? Int == 3)
    #expect(results[1]["locations"] == nil)
  }

  @Test func gitHubCommandsAreEscaped() {
    #expect(
      gitHubReport(diagnostics) == """
        ::error file=a b%2Cc%3Ad.yaml,line=2,col=3,title=rescfg%3A one::100 %25 "wrong". mend%0Ait
        ::warning title=rescfg%3A two::hm
        ::notice file=a b%2Cc%3Ad.yaml,line=4,col=1,title=rescfg%3A three::by the way

        """
    )
  }

  @Test func terminalMarksTheWordWhateverIsBeforeIt() {
    func excerpt(_ line: String, _ column: Int) -> [String] {
      let problem = Diagnostic(.error, "x", "y", at: Self.location(1, column, "f"))
      let text = TerminalReport(sources: ["f": Array(line.utf8)], isColoured: false).text(of: [problem])
      return text.split(separator: "\n").dropFirst().map(String.init)
    }
    #expect(excerpt("a: \"x y\" # z", 4) == ["  1 | a: \"x y\" # z", "    |    ^^^^^"])
    #expect(excerpt("日本: x", 5) == ["  1 | 日本: x", "    |       ^"])
    #expect(excerpt("e\u{301}: word, b", 5) == ["  1 | e\u{301}: word, b", "    |    ^^^^"])
    #expect(excerpt("a: \u{1b}[31m\u{202e}x", 4) == ["  1 | a: \u{fffd}[31m\u{fffd}x", "    |    ^^^^^^^"])
    #expect(
      excerpt(String(repeating: "x", count: 300) + " y", 302).last == "    | " + String(repeating: " ", count: 76) + "^"
    )
    #expect(excerpt("", 1) == [])
    #expect(excerpt("short", 99) == ["  1 | short", "    |      ^"])
  }

  @Test func colourIsOnlyPaint() {
    let report = TerminalReport(sources: ["a b,c:d.yaml": Array("\n  x: 1\n".utf8)], isColoured: true).text(
      of: diagnostics
    )
    let plain = TerminalReport(sources: ["a b,c:d.yaml": Array("\n  x: 1\n".utf8)], isColoured: false).text(
      of: diagnostics
    )
    #expect(report.contains("\u{1b}[1;31merror[one]\u{1b}[0m"))
    #expect(report.replacing(/\u{1b}\[[0-9;]*m/, with: "") == plain)
  }
}
