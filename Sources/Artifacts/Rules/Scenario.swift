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

extension QueryParts where S == Baked {
  /// One queue of one agent, as labels: the one towards the centre.
  var queueLabelValues: [(name: String, value: Text<Never>)] {
    [
      ("cluster", scope.text(Settings.clusterName)),
      ("node", "node-1"),
      ("instance", "node-1:9090"),
      ("job", Text(agentJobName)),
      ("remote_name", Text(centralQueueName)),
      ("url", scope.writeURL),
    ]
  }

  /// The labels that are left when an expression has aggregated over `job`.
  var remainingQueueLabels: [(name: String, value: Text<Never>)] {
    queueLabelValues.filter { queueLabels.contains($0.name) }
  }

  func series(
    _ metric: Metric,
    _ values: String,
    labels: [(name: String, value: Text<Never>)]? = nil,
    _ extra: (name: String, value: Text<Never>)...
  ) -> InputSeries {
    InputSeries(selector: "\(scope.name(metric))\(matchers((labels ?? queueLabelValues) + extra))", values: values)
  }

  /// `{name="value",…}`
  func matchers(_ labels: [(name: String, value: Text<Never>)]) -> PromQL<Never> {
    var list = Text<Never>()
    for label in labels {
      list.append(list.isEmpty ? "{" : ",")
      list.append("\(label.name)=\"")
      list.append(label.value.promQLEscaped)
      list.append("\"")
    }
    return PromQL(list.isEmpty ? "{}" : list + "}")
  }

  var aliasScenarios: [AliasScenario] {
    MetricAlias.all.map { alias in
      let isProduct = alias.metric == .shardCapacity
      return AliasScenario(
        name: alias.name,
        series: [series(alias.metric, "40x2")] + (isProduct ? [series(.shards, "3x2")] : []),
        labels: matchers(queueLabelValues).text,
        value: isProduct ? 120 : 40
      )
    }
  }
}
