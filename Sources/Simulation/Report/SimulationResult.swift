import Model

/// What a run showed.
public struct SimulationResult {
  /// What the centre had to bear, of the whole fleet.
  public struct Load: Hashable, Sendable {
    public let samples: Double
    public let requests: Double
    public let peakSamplesPerSecond: Double
    public let peakRequestsPerSecond: Double
    /// Nodes with requests that had failed before, in the busiest second.
    public let peakReturning: Double
  }

  public let options: SimulationOptions
  public let nodes: [NodeOutcome]
  public let timeline: Timeline
  public let load: Load
  /// Milliseconds.
  public let duration: Int64
  public let eventCount: Int
  /// What must never be; empty where the code keeps its word.
  public let violations: [String]

  /// Where the collector is Prometheus alone, which is modelled and not run: what became of the fleet's samples, in seconds of one
  /// node's.
  public internal(set) var prometheusLosses: PrometheusAgent.Losses?

  /// Adds up what is counted in the simulation's samples, as the fleet's.
  public func total(_ count: (NodeOutcome) -> UInt64) -> UInt64 {
    nodes.reduce(0) { $0 + options.scale.real(count($1)) * UInt64($1.weight) }
  }
}
