public import Document
import Model

/// grafana/network-resilience.json: the specification's five panels, and what the runbook looks at beside them.
public func dashboard<S: Scope>(_ scope: S) -> Tree<S.H> {
  let parts = QueryParts(scope: scope)
  return [
    "uid": "rescfg-network-resilience",
    "title": "Network resilience",
    "description": "How metrics get from the nodes to the centre, and what waits or is lost on the way.",
    "tags": ["network-resilience", "remote-write"],
    "schemaVersion": 39,
    "version": 1,
    "editable": false,
    "graphTooltip": 1,
    "timezone": "browser",
    "refresh": "1m",
    "time": ["from": "now-6h", "to": "now"],
    "templating": ["list": .sequence(variables(scope))],
    "annotations": ["list": []],
    "links": [],
    "panels": .sequence(placed(parts.panels)),
  ]
}

/// From left to right, then down: no panel over another.
private func placed<H>(_ panels: [Panel<H>]) -> [Tree<H>] {
  var (column, row, rowHeight) = (0, 0, 0)
  return panels.enumerated().map { index, panel in
    if column + panel.width > 24 { (column, row, rowHeight) = (0, row + rowHeight, 0) }
    defer {
      column += panel.width
      rowHeight = max(rowHeight, panel.height)
    }
    return panel.tree(id: index + 1, column: column, row: row)
  }
}

private func variables<S: Scope>(_ scope: S) -> [Tree<S.H>] {
  let agents: PromQL<S.H> = "\(scope.name(.up)){job=\(quoted: Text(agentJobName))}"
  let agentsOfCluster: PromQL<S.H> = #"\#(scope.name(.up)){job=\#(quoted: Text(agentJobName)),cluster=~"$cluster"}"#
  return [
    [
      "name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus", "refresh": 1,
      "includeAll": false, "multi": false,
    ],
    variable("cluster", label: "Cluster", values: "label_values(\(agents), cluster)"),
    variable("node", label: "Node", values: "label_values(\(agentsOfCluster), node)"),
  ]
}

private func variable<H>(_ name: String, label: String, values: PromQL<H>) -> Tree<H> {
  [
    "name": "\(name)", "label": "\(label)", "type": "query",
    "datasource": ["type": "prometheus", "uid": "${datasource}"],
    "definition": .text(values.text),
    "query": ["query": .text(values.text), "refId": "\(name)"],
    "refresh": 2, "sort": 1, "includeAll": true, "multi": true, "allValue": ".*",
    "current": ["text": "All", "value": "$__all"],
  ]
}
