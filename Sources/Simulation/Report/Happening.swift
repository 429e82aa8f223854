import Agent
import Model

/// The same change of state at many nodes.
public struct Happening: Hashable, Sendable {
  /// `connected -> suspect`.
  public let name: String
  public let cause: String
  /// Milliseconds since the beginning: at the first node, and at the last one.
  public var first: Int64
  public var last: Int64
  /// Of the fleet, each time it happened.
  public var count: Int
}

extension SimulationResult {
  /// What the nodes' detectors said, in the order of time.
  public var happenings: [Happening] {
    var places: [String: Int] = [:]
    var all: [Happening] = []
    for node in nodes {
      for (time, event) in node.events {
        let name = "\(event.from.rawValue) -> \(event.to.rawValue)"
        let cause = event.evidence.cause.rawValue
        if let place = places[name + cause] {
          all[place].first = min(all[place].first, time)
          all[place].last = max(all[place].last, time)
          all[place].count += node.weight
        } else {
          places[name + cause] = all.count
          all.append(Happening(name: name, cause: cause, first: time, last: time, count: node.weight))
        }
      }
    }
    return all.sorted { ($0.first, $0.name, $0.cause) < ($1.first, $1.name, $1.cause) }
  }
}
