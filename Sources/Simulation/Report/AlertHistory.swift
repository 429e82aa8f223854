import Model

/// An alert in a run: when it began to fire, on how many nodes, and when it was over.
public struct AlertHistory: Hashable, Sendable {
  public let name: String
  /// Milliseconds since the beginning at which it began to fire: on the first node, and for the last time on any.
  public var first: Int64
  public var last: Int64
  /// Of the fleet.
  public var nodes: Int
  /// When it ended on the last node; nothing where it fires at the end.
  public var over: Int64?
}

extension SimulationResult {
  /// Which of the agents' own alerts fired, in the order of time.
  public var alerts: [AlertHistory] {
    var histories: [AlertHistory] = []
    for alert in LocalAlert.allCases {
      var history: AlertHistory?
      var isFiring = false
      for node in nodes {
        let changes = node.alerts.filter { $0.alert == alert }
        guard let first = changes.first(where: \.isFiring), let last = changes.last(where: \.isFiring) else { continue }
        var known =
          history ?? AlertHistory(name: alert.rawValue, first: first.time, last: last.time, nodes: 0, over: nil)
        known.first = min(known.first, first.time)
        known.last = max(known.last, last.time)
        known.nodes += node.weight
        if let end = changes.last, !end.isFiring {
          known.over = max(known.over ?? 0, end.time)
        } else {
          isFiring = true
        }
        history = known
      }
      if isFiring { history?.over = nil }
      if let history { histories.append(history) }
    }
    return histories.sorted { ($0.first, $0.name) < ($1.first, $1.name) }
  }
}
