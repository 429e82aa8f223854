import Document
import Model

/// A series of a rule's unit test.
struct InputSeries {
  /// The metric and its labels.
  var selector: PromQL<Never>
  /// In promtool's notation, a value a minute: `0+60x20`.
  var values: String
}

/// What is fed to an alert in a test, and what must come of it.
struct Scenario {
  /// What the test's name says of the firing input: `fires when …`; `nil` for an alert with one form.
  var cause: String?
  /// Since the start of the series.
  var evaluationSeconds: Int
  var firing: [InputSeries]
  var quiet: [InputSeries]
  /// The labels of the series that remain on the alert.
  var labels: [(name: String, value: Text<Never>)]
  /// The alert's value, as its annotations' format prints it.
  var printedValue: String = ""
}

/// A recording rule's copy of a metric.
struct AliasScenario {
  var name: String
  var series: [InputSeries]
  var labels: Text<Never>
  var value: Int
}

/// Writes scenarios for one environment.
struct Scenarios {
  let scope: Baked
  /// One queue of one agent, as labels: the one towards the centre.
  let queueLabelValues: [(name: String, value: Text<Never>)]
  /// The labels that are left when an expression has aggregated over `job`.
  let remainingQueueLabels: [(name: String, value: Text<Never>)]

  init(_ scope: Baked) {
    self.scope = scope
    queueLabelValues = [
      ("cluster", scope.text(Settings.clusterName)),
      ("node", "node-1"),
      ("instance", "node-1:9090"),
      ("job", Text(agentJobName)),
      ("remote_name", Text(centralQueueName)),
      ("url", scope.writeURL),
    ]
    remainingQueueLabels = queueLabelValues.filter { queueLabels.contains($0.name) }
    queueMatchers = Scenarios.matchers(queueLabelValues)
  }

  var hasDurableQueue: Bool { scope[Settings.collector].hasDurableQueue }

  private let queueMatchers: PromQL<Never>

  func series(
    _ metric: Metric,
    _ values: String,
    labels: [(name: String, value: Text<Never>)]? = nil,
    _ extra: (name: String, value: Text<Never>)...
  ) -> InputSeries {
    let matchers =
      labels == nil && extra.isEmpty ? queueMatchers : Scenarios.matchers((labels ?? queueLabelValues) + extra)
    return InputSeries(selector: "\(scope.name(metric))\(matchers)", values: values)
  }

  /// `{name="value",…}`
  private static func matchers(_ labels: [(name: String, value: Text<Never>)]) -> PromQL<Never> {
    var list = Text<Never>()
    for label in labels {
      list.append(list.isEmpty ? "{" : ",")
      list.append("\(label.name)=\"")
      list.append(label.value.promQLEscaped)
      list.append("\"")
    }
    return PromQL(list.isEmpty ? "{}" : list + "}")
  }

  var ofAliases: [AliasScenario] {
    MetricAlias.all.map { alias in
      let isProduct = alias.metric == .shardCapacity
      return AliasScenario(
        name: alias.name,
        series: [series(alias.metric, "40x2")] + (isProduct ? [series(.shards, "3x2")] : []),
        labels: queueMatchers.text,
        value: isProduct ? 120 : 40
      )
    }
  }
}
