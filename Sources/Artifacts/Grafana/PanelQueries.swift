import Model

/// Queries of panels: as in the rules, for the clusters and nodes that are chosen above the dashboard.
extension QueryParts {
  var queueLegend: String { "{{node}} {{remote_name}}" }

  var nodeMatchers: PromQL<S.H> { #"cluster=~"$cluster",node=~"$node""# }
  var selector: PromQL<S.H> { "{\(nodeMatchers)}" }

  /// By queue.
  func selected(_ metric: Metric) -> PromQL<S.H> { "sum by (\(labels)) (\(scope.name(metric))\(selector))" }

  func perQueue(_ function: PromQL<S.H>, _ metric: Metric) -> PromQL<S.H> {
    "sum by (\(labels)) (\(function)(\(scope.name(metric))\(selector)[\(rateWindow)]))"
  }

  func increased(_ metric: Metric) -> PromQL<S.H> { perQueue("increase", metric) }

  /// For whole clusters.
  func total(_ function: PromQL<S.H>, _ metric: Metric) -> PromQL<S.H> {
    "sum by (cluster) (\(function)(\(scope.name(metric))\(selector)[\(rateWindow)]))"
  }

  func lost(_ metric: Metric) -> PromQL<S.H> {
    "sum by (cluster, node, reason) (increase(\(scope.name(metric))\(selector)[\(rateWindow)])) > 0"
  }
}
