import Agent
import Glibc
import Testing

/// The cases whose results Prometheus itself confirms (Tests/Acceptance/test_relabeling_upstream.py).
@Suite struct RelabelUpstreamTests {
  struct Case {
    var name: String
    var labels: [(String, String)] = []
    var rules: [RelabelRule] = []
    /// Nothing where the target is dropped.
    var result: [(String, String)]?
  }

  @Test func resultsAreThoseOfPrometheus() throws {
    let cases = try Self.cases()
    #expect(cases.count > 30)
    for one in cases {
      var job = ScrapeJob(name: one.name, intervalMilliseconds: 60_000, timeoutMilliseconds: 10_000)
      job.relabelRules = one.rules
      let labels = Labels(one.labels.map { (name: $0.0, value: $0.1) })
      let result: [(String, String)]? =
        switch ScrapeTarget.resolve(labels, job, addsDefaultPort: true) {
        case .target(let target): target.labels.texts.map { ($0.name, $0.value) }
        case .dropped: nil
        case .invalid(let reason): [("invalid", reason)]
        }
      let wanted = one.result?.map { "\($0)=\($1)" }
      #expect(result.map { Set($0.map { "\($0)=\($1)" }) } == wanted.map { Set($0) }, "\(one.name)")
    }
  }

  private static func cases(beside path: String = #filePath) throws -> [Case] {
    let tests = path.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    var cases: [Case] = []
    for line in text("\(tests)/Acceptance/support/relabeling_cases.txt").split(separator: "\n") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
      let pairs = fields.dropFirst().map { field -> (String, String) in
        let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
      }
      switch fields[0] {
      case "case": cases.append(Case(name: fields[1]))
      case "labels": cases[cases.count - 1].labels = pairs
      case "rule": cases[cases.count - 1].rules.append(try rule(Dictionary(uniqueKeysWithValues: pairs)))
      case "result": cases[cases.count - 1].result = pairs
      default: break
      }
    }
    return cases
  }

  private static func rule(_ fields: [String: String]) throws -> RelabelRule {
    RelabelRule(
      action: try #require(RelabelRule.Action(rawValue: fields["action"] ?? "replace")),
      sources: fields["source_labels"]?.split(separator: ",").map { String($0) } ?? [],
      separator: fields["separator"] ?? ";",
      pattern: try RelabelPattern(fields["regex"] ?? "(.*)"),
      target: fields["target_label"] ?? "",
      replacement: fields["replacement"] ?? "$1",
      modulus: fields["modulus"].flatMap { UInt64($0) } ?? 0
    )
  }

  private static func text(_ path: String) -> String {
    guard let file = unsafe fopen(path, "r") else { return "" }
    defer { unsafe fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = unsafe fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
