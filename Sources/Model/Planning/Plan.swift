/// What a model promises, in figures: how long it survives and what it takes, by arithmetic alone. The checks use the same.
public struct Plan: Sendable {
  public let configuration: Configuration
  public let nodes: Int
  /// Seconds of the partition that is planned for.
  public let outage: Double
  public let figures: [Figure]
  /// The bound that is reached first.
  public let binding: Figure.Name
  /// Seconds of the longest partition that loses nothing.
  public let survives: Double

  /// - Parameters:
  ///   - nodes: how many; the model's where nothing is said.
  ///   - outage: how long a partition; `survive` where nothing is said.
  public init(_ configuration: Configuration, nodes: Int? = nil, outage: PrometheusDuration? = nil) {
    let draft = Draft(
      model: configuration,
      nodes: nodes ?? configuration[Settings.nodes],
      outage: (outage ?? configuration[Settings.survive]).seconds,
      isOtherOutage: outage != nil,
      isOtherNodes: nodes != nil
    )
    self.configuration = configuration
    self.nodes = draft.nodes
    self.outage = draft.outage
    let bounds = draft.bounds
    let first = bounds.dropFirst().reduce(bounds[0]) { $1.value < $0.value ? $1 : $0 }
    binding = first.name
    survives = max(0, first.value)
    figures =
      [draft.samples, Figure(.survives, survives, .seconds, ["the least of these"])] + bounds
      + draft.warnings(survives) + draft.node + draft.traffic + draft.recovery + draft.costs
  }

  /// Whether nothing is lost in the partition that is planned for.
  public var holds: Bool { survives >= outage }

  public subscript(_ name: Figure.Name) -> Figure? { figures.first { $0.name == name } }

  /// A plan while it is made.
  struct Draft {
    let model: Configuration
    let nodes: Int
    let outage: Double
    let isOtherOutage: Bool
    let isOtherNodes: Bool

    var isDurable: Bool { model[Settings.collector].hasDurableQueue }

    var outagePiece: Figure.Piece {
      isOtherOutage
        ? .given(Settings.survive.info, PrometheusDuration(milliseconds: Int(outage * 1000)).spelling)
        : .value(Settings.survive)
    }

    var nodesPiece: Figure.Piece {
      isOtherNodes ? .given(Settings.nodes.info, String(nodes)) : .value(Settings.nodes)
    }

    var samples: Figure {
      Figure(
        .samplesPerSecond,
        model.samplesPerSecond,
        .samplesPerSecond,
        [.value(Settings.seriesPerNode), " / ", .value(Settings.scrapeInterval)]
      )
    }
  }
}
