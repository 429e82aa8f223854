import Artifacts
import Document
import Foundation
import Model
import Testing

@Suite struct GrafanaTests {
  private struct Board: Decodable {
    struct Panel: Decodable {
      struct Place: Decodable { var h, w, x, y: Int }
      struct Target: Decodable { var expr, refId: String }
      var id: Int
      var title, description: String
      var gridPos: Place
      var targets: [Target]
    }
    var uid: String
    var schemaVersion: Int
    var panels: [Panel]
  }

  private func board(_ collector: Collector, _ changed: [String: ScalarValue] = [:]) throws -> Board {
    let text = json(dashboard(Baked(PrometheusCase.configuration(collector, changed)))).string
    return try JSONDecoder().decode(Board.self, from: Data(text.utf8))
  }

  @Test(arguments: Collector.allCases)
  func hasTheSpecificationsPanelsEachInAPlaceOfItsOwn(collector: Collector) throws {
    let board = try board(collector)
    #expect(
      board.panels.map(\.title).starts(with: [
        "Remote write retry rate", "Queue depth over time", "Failed samples rate", "Sync lag duration",
        "Partition events timeline",
      ])
    )
    var taken: Set<[Int]> = []
    for panel in board.panels {
      let place = panel.gridPos
      #expect(place.x + place.w <= 24)
      #expect(!panel.description.isEmpty && !panel.targets.isEmpty)
      for x in place.x..<(place.x + place.w) {
        for y in place.y..<(place.y + place.h) { #expect(taken.insert([x, y]).inserted, "\(panel.title)") }
      }
    }
    #expect(Set(board.panels.map(\.id)).count == board.panels.count)
  }

  /// A rule file with each query as a recording rule: promtool parses them.
  @Test(arguments: Collector.allCases)
  func promtoolParsesEveryQuery(collector: Collector) throws {
    let queries = try board(collector).panels.flatMap(\.targets).map(\.expr)
    let rules: Tree<Never> = [
      "groups": [
        [
          "name": "queries",
          "rules": .sequence(
            queries.enumerated().map { ["record": "query\($0.offset)", "expr": .text(Text($0.element))] }
          ),
        ]
      ]
    ]
    try PrometheusTool.run(["check", "rules", "rules.yml"], files: ["rules.yml": yaml(rules).string])
  }

  @Test func thresholdsAreTheModels() throws {
    let text = json(dashboard(Baked(PrometheusCase.configuration(.prometheus, ["alerts.sync_lag": .duration("7m")]))))
      .string
    #expect(text.contains("\"value\": 420"))
  }
}
