import Document
import Model

extension Plan {
  /// For programs: numbers in the units that their names or `unit` say, `null` where nothing bounds.
  var tree: Tree<Never> {
    [
      "environment": .text(Text(configuration.environment)),
      "collector": .text(Text(configuration[Settings.collector].rawValue)),
      "nodes": .integer(.known(nodes)),
      "outage_seconds": number(outage),
      "holds": .boolean(.known(holds)),
      "survives_seconds": number(survives),
      "ended_by": .text(Text(binding.rawValue)),
      "prices_as_of": .text(Text(configuration[Settings.pricesDate])),
      "figures": .mapping(figures.map { Tree.Entry($0.name.rawValue, tree(of: $0)) }),
      "guarantees": .sequence(
        guarantees.map { ["event": .text(Text($0.event)), "unsent": .text(Text($0.outcome))] }
      ),
      "timeline": timelineTree,
    ]
  }

  private func tree(of figure: Figure) -> Tree<Never> {
    [
      "value": number(figure.value),
      "unit": .text(Text(figure.unit.rawValue)),
      "formula": .text(Text(figure.formula.map { words(of: $0) }.joined())),
      "inputs": .sequence(figure.formula.compactMap { input(of: $0) }),
    ]
  }

  private func words(of piece: Figure.Piece) -> String {
    switch piece {
    case .setting(let info), .given(let info, _): info.path
    case .figure(let name): name.rawValue
    case .constant(let value, _, _): decimal(value)
    case .text(let text): text
    }
  }

  private func input(of piece: Figure.Piece) -> Tree<Never>? {
    switch piece {
    case .setting(let info):
      [
        "setting": .text(Text(info.path)), "value": .text(Text(configuration.resolved(info).value.written)),
        "is_default": .boolean(.known(configuration.location(of: info) == nil)),
      ]
    case .given(let info, let value):
      ["setting": .text(Text(info.path)), "value": .text(Text(value)), "is_default": false]
    case .figure(let name): ["figure": .text(Text(name.rawValue))]
    case .constant(let value, let unit, let meaning):
      ["constant": number(value), "unit": .text(Text(unit.rawValue)), "meaning": .text(Text(meaning))]
    case .text: nil
    }
  }

  private var timelineTree: Tree<Never> {
    let timeline = Timeline(self)
    let line = { (points: Timeline.Points) -> Tree<Never> in
      .sequence(points.map { .sequence([self.number($0.seconds), self.number($0.value)]) })
    }
    return [
      "backlog_samples": line(timeline.backlog),
      "freshness_seconds": line(timeline.freshness),
      "disk_bytes": line(timeline.disk),
      "unsent_bytes": line(timeline.unsent),
      "events": .sequence(
        timeline.events.map { ["name": .text(Text($0.name)), "seconds": number($0.seconds)] }
      ),
    ]
  }

  /// To the thousandth, which is finer than anything here is known.
  private func number(_ value: Double) -> Tree<Never> {
    guard value.isFinite, abs(value) < 9e15 else { return .null }
    let rounded = (value * 1000).rounded() / 1000
    return rounded == rounded.rounded() ? .integer(.known(Int(rounded))) : .number(.known(rounded))
  }
}
