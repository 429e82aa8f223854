package import Model

/// How few samples stand for how many. A real node's tens of thousands of series collected at one moment are written, sent and settled
/// together, so a few groups of series, each a series of the simulation, stand for all of them. What is counted is counted in
/// groups and multiplied; what bounds or paces (requests, drain rate, bytes) is divided.
package struct Scale: Hashable, Sendable {
  /// Of a real node.
  package let seriesCount: Int
  /// Series of a simulated node.
  package let groupCount: Int
  /// Samples of a simulated request, at most.
  package let samplesPerRequest: Int
  /// How many real requests, one after the other on one shard, a full simulated one stands for.
  package let requestsPerRequest: Double
  /// Nodes of the fleet, and how many of them are simulated.
  package let nodeCount: Int
  package let simulatedNodeCount: Int

  private static let requestsPerRequestMax = 5.0

  /// - Parameters:
  ///   - groupCountMax: at most 64.
  package init(_ model: Configuration, nodeCount: Int, groupCountMax: Int = 8, simulatedNodeCountMax: Int = 24) {
    seriesCount = model[Settings.seriesPerNode]
    groupCount = min(seriesCount, min(max(groupCountMax, 1), 64))
    let perRequest = model[Settings.maxSamplesPerSend]
    let samplesPerGroup = Double(seriesCount) / Double(groupCount)
    // Coarse requests are cheap; too coarse ones get in the way of one another where the centre is slow.
    let limit = perRequest >= seriesCount ? 1 : Self.requestsPerRequestMax
    samplesPerRequest = max(Int((Double(perRequest) * limit / samplesPerGroup).rounded(.down)), 1)
    requestsPerRequest = max(Double(samplesPerRequest) * samplesPerGroup / Double(perRequest), 1)
    self.nodeCount = max(nodeCount, 1)
    self.simulatedNodeCount = min(self.nodeCount, max(simulatedNodeCountMax, 1))
  }

  /// Real samples that a sample of the simulation stands for.
  package var samplesPerGroup: Double { Double(seriesCount) / Double(groupCount) }

  /// How many nodes of the fleet a simulated one stands for. They add up to `nodeCount`.
  package func weight(_ node: Int) -> Int {
    nodeCount / simulatedNodeCount + (node < nodeCount % simulatedNodeCount ? 1 : 0)
  }

  /// Real samples of one node.
  package func real(_ samples: UInt64) -> UInt64 { samples * UInt64(seriesCount) / UInt64(groupCount) }
}
