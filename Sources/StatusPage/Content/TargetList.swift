public import Agent
public import Model

/// The targets as far as the page lists them: the unhealthy first, so that the bound hides none of those before all others are hidden.
public struct TargetList: Sendable {
  public let counts: Tally<TargetLabel>
  public let listed: [TargetSnapshot]
  /// Those that aren't listed, by their state.
  public let omitted: Tally<TargetLabel>

  /// Rows at most, however many targets a node has.
  public static let listedCountMax = 100
  public static let order: [TargetLabel] = [.down, .unknown, .up]

  public init(_ targets: [TargetSnapshot]) {
    var counts = Tally<TargetLabel>()
    for target in targets { counts.add(to: target.state) }
    var listed: [TargetSnapshot] = []
    var omitted = counts
    for state in Self.order {
      let some = targets.lazy.filter { $0.state == state }.prefix(Self.listedCountMax - listed.count)
      listed += some
      omitted[state] -= UInt64(some.count)
    }
    self.counts = counts
    self.listed = listed
    self.omitted = omitted
  }
}

extension TargetLabel {
  var level: Level {
    switch self {
    case .up: .good
    case .down: .bad
    case .unknown: .idle
    }
  }

  /// As a row names it.
  var name: String {
    switch self {
    case .up: "Up"
    case .down: "Down"
    case .unknown: "Not scraped yet"
    }
  }

  /// As a count names it: `2 down`.
  var word: String { self == .unknown ? "not scraped yet" : rawValue }
}
