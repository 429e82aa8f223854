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
}
