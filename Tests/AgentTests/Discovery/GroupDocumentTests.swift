import Testing

@testable import Agent

@Suite struct GroupDocumentTests {
  private let documents = GroupDocuments(readYAML: environment().readYAML)

  @Test(arguments: [
    ("[]", 0), ("null", 0), (#"[{}]"#, 1), (#"[{"targets": null, "labels": null}]"#, 1),
    (#"[{"labels": {"a": ""}, "targets": ["x"]}]"#, 1), (#"[{"targets": ["a"]}, {"targets": []}]"#, 2),
  ])
  func takes(text: String, count: Int) throws {
    #expect(try documents.groups(url: "u", Array(text.utf8)).count == count)
  }

  @Test(arguments: [
    "", "{}", "[null]", "[1]", #"[{"targets": "a"}]"#, #"[{"targets": [1]}]"#, #"[{"targets": [null]}]"#,
    #"[{"targets": [["a"]]}]"#, #"[{"labels": []}]"#, #"[{"labels": {"a": 1}}]"#, #"[{"labels": {"a": {}}}]"#,
    #"[{"labels": {"": "a"}}]"#, #"[{"target": ["a"]}]"#, #"[{"targets": ["a"]}] x"#,
  ])
  func refuses(text: String) {
    #expect(throws: DiscoveryProblem.self) { try documents.groups(url: "u", Array(text.utf8)) }
  }

  @Test func boundsTheTargets() {
    let many = Array(repeating: "\"a\"", count: GroupDocuments.targetCountMax).joined(separator: ",")
    #expect(throws: Never.self) { try documents.groups(url: "u", Array("[{\"targets\": [\(many)]}]".utf8)) }
    #expect(throws: DiscoveryProblem("over 100000 targets")) {
      try documents.groups(url: "u", Array("[{\"targets\": [\(many)]}, {\"targets\": [\"a\"]}]".utf8))
    }
  }
}
