import Document
import Model

/// One panel of the dashboard, without its place.
struct Panel<H: Hole> {
  enum Kind: String { case timeseries, stat, stateTimeline = "state-timeline" }

  /// Grafana's unit identifiers.
  enum Unit: String {
    case none, seconds = "s", bytes, samplesPerSecond = "cps", ratio = "percentunit", short
  }

  struct Query {
    var expression: PromQL<H>
    var legend: String

    init(_ expression: PromQL<H>, legend: String) {
      self.expression = expression
      self.legend = legend
    }
  }

  /// From this value on a panel is in a colour.
  struct Threshold {
    var color: String
    var value: Tree<H>
  }

  var title: String
  var description: String
  var kind: Kind = .timeseries
  var unit: Unit
  var queries: [Query]
  var thresholds: [Threshold] = []
  /// What a number stands for.
  var meanings: [(value: Int, text: String, color: String)] = []
  /// In columns of 24 and in rows.
  var width = 12
  var height = 8

  func tree(id: Int, column: Int, row: Int) -> Tree<H> {
    let datasource: Tree<H> = ["type": "prometheus", "uid": "${datasource}"]
    return [
      "id": .integer(.known(id)),
      "type": "\(kind.rawValue)",
      "title": "\(title)",
      "description": "\(description)",
      "datasource": datasource,
      "gridPos": [
        "h": .integer(.known(height)), "w": .integer(.known(width)), "x": .integer(.known(column)),
        "y": .integer(.known(row)),
      ],
      "targets": .sequence(
        zip(["A", "B", "C", "D", "E", "F"], queries).map { refID, query in
          [
            "refId": "\(refID)", "datasource": datasource, "expr": .text(query.expression.text),
            "legendFormat": "\(query.legend)", "editorMode": "code", "range": true,
          ]
        }
      ),
      "fieldConfig": ["defaults": fieldDefaults, "overrides": []],
      "options": options,
    ]
  }

  private var fieldDefaults: Tree<H> {
    let steps: [Tree<H>] =
      [["color": "green", "value": .null]] + thresholds.map { ["color": "\($0.color)", "value": $0.value] }
    let line: Tree<H> = [
      "drawStyle": "line", "lineWidth": 1, "fillOpacity": 10, "showPoints": "never",
      "thresholdsStyle": ["mode": thresholds.isEmpty ? "off" : "line"],
    ]
    return [
      "unit": "\(unit.rawValue)",
      "color": ["mode": kind == .timeseries ? "palette-classic" : "thresholds"],
      "thresholds": ["mode": "absolute", "steps": .sequence(steps)],
      "mappings": .sequence(
        meanings.map { meaning in
          [
            "type": "value",
            "options": .mapping([
              .init("\(meaning.value)", ["text": "\(meaning.text)", "color": "\(meaning.color)"])
            ]),
          ]
        }
      ),
      "custom": kind == .timeseries ? line : kind == .stateTimeline ? ["fillOpacity": 80, "lineWidth": 0] : [:],
    ]
  }

  private var options: Tree<H> {
    switch kind {
    case .timeseries:
      [
        "legend": [
          "displayMode": "table", "placement": "bottom", "calcs": ["lastNotNull", "max"], "showLegend": true,
        ],
        "tooltip": ["mode": "multi", "sort": "desc"],
      ]
    case .stateTimeline:
      ["mergeValues": true, "showValue": "auto", "rowHeight": .number(.known(0.9)), "legend": ["showLegend": true]]
    case .stat:
      [
        "colorMode": "background", "graphMode": "none",
        "reduceOptions": ["calcs": ["lastNotNull"], "fields": "", "values": false],
      ]
    }
  }
}
