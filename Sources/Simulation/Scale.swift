public import Model

/// How few samples stand for how many. A real node's tens of thousands of series collected at one moment are written, sent and settled
/// together, so a few groups of series, each a series of the simulation, stand for all of them. What is counted is counted in
/// groups and multiplied; what bounds or paces (requests, drain rate, bytes) is divided.
public struct Scale: Hashable, Sendable {
  /// Of a real node.
  public let seriesCount: Int
  /// Series of a simulated node.
  public let groupCount: Int
  /// Samples of a simulated request, at most.
  public let samplesPerRequest: Int
  /// How many real requests, one after the other on one shard, a full simulated one stands for.
  public let requestsPerRequest: Double
  /// Nodes of the fleet, and how many of them are simulated.
  public let nodeCount: Int
  public let simulatedNodeCount: Int

  private static let requestsPerRequestMax = 5.0

  /// - Parameters:
  ///   - groupCountMin: at most 64; there are fewer where the node has fewer series.
  public init(_ model: Configuration, nodeCount: Int, groupCountMin: Int = 8, simulatedNodeCountMax: Int = 24) {
    seriesCount = model[Settings.seriesPerNode]
    groupCount = Self.groupCount(model, atLeast: groupCountMin)
    let perRequest = model[Settings.maxSamplesPerSend]
    let samplesPerGroup = Double(seriesCount) / Double(groupCount)
    // Coarse requests are cheap; too coarse ones get in the way of one another where the centre is slow.
    let limit = perRequest >= seriesCount ? 1 : Self.requestsPerRequestMax
    samplesPerRequest = max(Int((Double(perRequest) * limit / samplesPerGroup).rounded(.down)), 1)
    requestsPerRequest = max(Double(samplesPerRequest) * samplesPerGroup / Double(perRequest), 1)
    self.nodeCount = max(nodeCount, 1)
    self.simulatedNodeCount = min(self.nodeCount, max(simulatedNodeCountMax, 1))
  }

  /// More groups where so few would make too round a number of the drain rate, which is counted in groups a second.
  private static func groupCount(_ model: Configuration, atLeast count: Int) -> Int {
    let series = model[Settings.seriesPerNode]
    let few = min(series, min(max(count, 1), Self.groupCountMax))
    let perGroup = Double(model[Settings.drainRate]) / Double(series)
    return (few...min(series, Self.groupCountMax)).first { groups in
      let rate = perGroup * Double(groups)
      return abs(max(rate.rounded(), 1) / rate - 1) <= Self.roundingMax
    } ?? min(series, Self.groupCountMax)
  }

  private static let groupCountMax = 64
  private static let roundingMax = 0.02

  /// Real samples that a sample of the simulation stands for.
  public var samplesPerGroup: Double { Double(seriesCount) / Double(groupCount) }

  /// How many nodes of the fleet a simulated one stands for. They add up to `nodeCount`.
  public func weight(_ node: Int) -> Int {
    nodeCount / simulatedNodeCount + (node < nodeCount % simulatedNodeCount ? 1 : 0)
  }

  /// Real samples of one node.
  public func real(_ samples: UInt64) -> UInt64 { samples * UInt64(seriesCount) / UInt64(groupCount) }
}
