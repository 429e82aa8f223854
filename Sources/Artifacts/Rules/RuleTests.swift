public import Document
import Model

/// prometheus/rules_test.yml: unit tests for `promtool test rules`. Every alert fires in each of its forms, with its labels
/// and annotations to the letter, and stays quiet beside it.
public func ruleTests(_ scope: Baked) -> Tree<Never> {
  let scenarios = Scenarios(scope)
  let contact = scope.text(Settings.contact)
  let cases = QueryParts(scope: scope).alerts.flatMap { alert in scenarios.of(alert.name).map { (alert, $0) } }
  let alerts: [Tree<Never>] = cases.flatMap { alert, scenario -> [Tree<Never>] in
    let cause = scenario.cause.map { " when \($0)" } ?? ""
    return [
      testGroup(
        "\(alert.name.rawValue) fires\(cause)",
        series: scenario.firing,
        ("alert_rule_test", expected(alert, in: scenario, contact: contact))
      ),
      testGroup(
        "\(alert.name.rawValue) stays quiet\(scenario.cause == nil ? "" : " unless \(scenario.cause ?? "")")",
        series: scenario.quiet,
        (
          "alert_rule_test",
          ["eval_time": "\(scenario.evaluationSeconds)s", "alertname": "\(alert.name.rawValue)", "exp_alerts": []]
        )
      ),
    ]
  }
  let aliases =
    scenarios.hasDurableQueue
    ? []
    : scenarios.ofAliases.map { scenario in
      testGroup(
        "\(scenario.name) is recorded",
        series: scenario.series,
        (
          "promql_expr_test",
          [
            "expr": "\(scenario.name)", "eval_time": "1m",
            "exp_samples": [
              ["labels": .text(Text(scenario.name) + scenario.labels), "value": .integer(.known(scenario.value))]
            ],
          ]
        )
      )
    }
  return [
    "rule_files": ["rules.yml"],
    "evaluation_interval": "1m",
    "tests": .sequence(alerts + aliases),
  ]
}

private func testGroup(
  _ name: String,
  series: [InputSeries],
  _ test: (kind: String, tree: Tree<Never>)
) -> Tree<Never> {
  .mapping([
    .init("name", "\(name)"),
    .init("interval", "1m"),
    .init(
      "input_series",
      .sequence(series.map { ["series": .text($0.selector.text), "values": "\($0.values)"] })
    ),
    .init(test.kind, [test.tree]),
  ])
}

private func expected(_ alert: Alert<Never>, in scenario: Scenario, contact: Text<Never>) -> Tree<Never> {
  let labels = scenario.labels + [("severity", Text(alert.severity.rawValue))] + alert.labels
  let annotations = alert.annotations(contact: contact).map { name, annotation in
    // A template sees the series' labels, not those that the rule adds.
    Tree<Never>.Entry(name, .text(annotation.expansion(labels: scenario.labels, value: scenario.printedValue)))
  }
  return [
    "eval_time": "\(scenario.evaluationSeconds)s",
    "alertname": "\(alert.name.rawValue)",
    "exp_alerts": [
      [
        "exp_labels": .mapping(labels.map { .init($0.name, .text($0.value)) }),
        "exp_annotations": .mapping(annotations),
      ]
    ],
  ]
}
