import Document
import Testing

@Suite struct YAMLTests {
  @Test func blockStyle() {
    let interval: Term<String, Never> = .known("15s", from: ["load.scrape_interval"])
    let tree: Tree<Never> = .mapping([
      .init(
        "global",
        .mapping([
          .init("scrape_interval", .text(Text(interval, .word)), comment: "How often.\nAnd why."),
          .init("external_labels", [:]),
          .init("nothing", .null),
        ])
      ),
      .init("args", ["--config.file=/etc/prometheus/prometheus.yml", "-v", "yes", "1:30", "${x}"]),
      .init(
        "rules",
        [
          .mapping([
            .init("alert", "Up", comment: "The first."),
            .init("expr", #"up{job="a"} == 0 and on (node) x > 1"#),
            .init("for", "\(interval)"),
          ]),
          [["a", .integer(.known(4, from: ["b", "a"]))], []],
        ]
      ),
      .init("agent.yml", .text(yaml(["a": "b", "c": .text(Text(.known("on", from: ["x"]), .arbitrary))]))),
      .init("script", "  two\nlines"),
    ])
    let expected = """
      # A header.
      global:
        # How often.
        # And why.
        scrape_interval: 15s  # load.scrape_interval
        external_labels: {}
        nothing: null
      args:
        - --config.file=/etc/prometheus/prometheus.yml
        - -v
        - "yes"
        - "1:30"
        - ${x}
      rules:
        # The first.
        - alert: Up
          expr: up{job="a"} == 0 and on (node) x > 1
          for: "15s"  # load.scrape_interval
        - - - a
            - 4  # a, b
          - []
      agent.yml: |
        a: b
        c: "on"  # x
      script: |2-
          two
        lines

      """
    #expect(yaml(tree, header: ["A header."]).string == expected)
  }

  private func spelled(_ text: Text<Formula>) -> String { yaml(["k": .text(text)] as Tree<Formula>).filled }

  private func slot(_ value: String, _ characters: SlotCharacters) -> Text<Formula> {
    Text(.hole(.value(.text(value)), from: []), characters)
  }

  @Test func styleFollowsKindsOfSlots() {
    #expect(spelled(slot("30s", .word)) == "k: 30s\n")
    #expect(spelled(slot("30", .number)) == "k: \"30\"\n")
    #expect(spelled(slot("2", .number) + "Gi") == "k: 2Gi\n")
    #expect(spelled("http://host:" + slot("9090", .number) + "/write") == "k: http://host:9090/write\n")
    #expect(spelled("1:" + slot("30", .number)) == "k: \"1:30\"\n")
    #expect(spelled(slot("1d", .word) + ":" + slot("1", .number)) == "k: \"1d:1\"\n")
    #expect(spelled("up < " + slot("5", .number)) == "k: up < 5\n")
    #expect(spelled("a: \"b\" it's " + slot("5", .number)) == "k: 'a: \"b\" it''s 5'\n")
    #expect(spelled(slot("eu", .name)) == "k: \"eu\"\n")
    #expect(spelled("up < " + slot("eu", .name)) == "k: \"up < eu\"\n")
    #expect(spelled("up{a=\"" + slot("eu", .name) + "\"}") == "k: 'up{a=\"eu\"}'\n")
    #expect(spelled("a\nb " + slot("x", .name) + "\n") == "k: |\n  a\n  b x\n")
    #expect(spelled(slot("eu", .arbitrary)) == "k: \"eu\"\n")
    #expect(spelled("up < " + slot("eu", .arbitrary)) == "k: \"up \\u003c eu\"\n")
    #expect(spelled(slot("1234567890", .verbatim)) == "k: \"1234567890\"\n")
    #expect(spelled("a\nb " + slot("\"x\"", .verbatim) + "\n") == "k: |\n  a\n  b \"x\"\n")
    #expect(spelled("a\nb " + slot("x", .arbitrary) + "\n") == "k: \"a\\nb x\\n\"\n")
  }

  @Test func valuesThatBreakTheirPromiseStop() async {
    await #expect(processExitsWith: .failure) {
      _ = yaml(.text("a\n" + Text(.known("b\nc: d"), .verbatim)) as Tree<Never>)
    }
    await #expect(processExitsWith: .failure) { _ = yaml(.text("x" + Text(.known("1\n"), .number)) as Tree<Never>) }
    await #expect(processExitsWith: .failure) { _ = yaml(.text(Text(.known("a: b"), .word)) as Tree<Never>) }
    await #expect(processExitsWith: .failure) { _ = json(.text(Text(.known("\""), .number)) as Tree<Never>) }
  }

  @Test func slotsStaySlots() {
    let port: Term<Int, Never> = .known(9090, from: ["agent.port"])
    let document: Text<Never> = yaml([
      "inner.yml": .text(yaml(["address": "127.0.0.1:\(port)", "port": .integer(port)]))
    ])
    let slots = document.pieces.filter { if case .slot = $0 { true } else { false } }
    #expect(slots == Array(repeating: .slot(.known("9090", from: ["agent.port"]), .number), count: 2))
    #expect(
      document.string == """
        inner.yml: |
          address: "127.0.0.1:9090"  # agent.port
          port: 9090  # agent.port

        """
    )
  }

  @Test func streamNamesItsDocuments() {
    let stream = yamlStream([("a.yaml", yaml(["a": 1])), ("b\n--- evil", yaml([]))])
    #expect(stream.string == "---\n# Source: a.yaml\na: 1\n---\n# Source: b\n# --- evil\n[]\n")
  }

  @Test func longKeysAreExplicit() {
    let key = String(repeating: "k", count: 2000)
    #expect(yaml([["\(key)": "v"]] as Tree<Never>).string == "- ? \(key)\n  : v\n")
  }
}
