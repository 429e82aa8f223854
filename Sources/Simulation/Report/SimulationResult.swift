import Model

/// What a run showed.
package struct SimulationResult {
  /// What the centre had to bear, of the whole fleet.
  package struct Load: Hashable, Sendable {
    package let samples: Double
    package let requests: Double
    package let peakSamplesPerSecond: Double
    package let peakRequestsPerSecond: Double
    /// Nodes with requests that had failed before, in the busiest second.
    package let peakReturning: Double
  }

  package let options: SimulationOptions
  package let nodes: [NodeOutcome]
  package let timeline: Timeline
  package let load: Load
  /// Milliseconds.
  package let duration: Int64
  package let eventCount: Int
  /// What must never be; empty where the code keeps its word.
  package let violations: [String]

  /// Where the collector is Prometheus alone, which is modelled and not run: what became of the fleet's samples, in seconds of one
  /// node's.
  package internal(set) var prometheusLosses: PrometheusAgent.Losses?

  /// Adds up what is counted in the simulation's samples, as the fleet's.
  package func total(_ count: (NodeOutcome) -> UInt64) -> UInt64 {
    nodes.reduce(0) { $0 + options.scale.real(count($1)) * UInt64($1.weight) }
  }
}
