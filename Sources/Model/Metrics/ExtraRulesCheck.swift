extension Configuration {
  /// What is wrong with the metric names in `extra_rules`, each at its expression.
  ///
  /// A name that no series will ever have makes a rule that never fires and never says so.
  public var extraRulesMetricDiagnostics: [Diagnostic] {
    extraRules.flatMap(expressions).flatMap { expression, location in
      Set(metricWords(in: expression)).sorted().compactMap { diagnostic(for: $0, at: location) }
    }
  }

  private func diagnostic(for name: String, at location: Location) -> Diagnostic? {
    let version = self[Settings.prometheusVersion]
    if let alias = MetricAlias.all.first(where: { $0.name == name }) {
      return .aliasMetric(name, insteadUse: version.name(alias.metric).spelling, at: location)
    }
    return switch MetricTable.finding(name: name, version: version) {
    case .known, .notOurs: nil
    case .renamed(let current, let since): .renamedMetric(name, to: current, since: since, at: location)
    case .later(let since): .laterMetric(name, since: since, version: version, at: location)
    case .neverExisted(let current): .neverExistingMetric(name, insteadUse: current, at: location)
    case .unknown(let suggestion): .unknownMetric(name, suggestion: suggestion, at: location)
    }
  }

  /// Every `expr` in the node, however deep: of rules, and of groups of rules.
  private func expressions(in node: Node) -> [(String, Location)] {
    switch node.content {
    case .scalar: []
    case .sequence(let nodes): nodes.flatMap(expressions)
    case .mapping(let pairs):
      pairs.flatMap { pair -> [(String, Location)] in
        if pair.key == "expr", case .scalar(let text, _) = pair.value.content { return [(text, pair.value.location)] }
        return expressions(in: pair.value)
      }
    }
  }
}
