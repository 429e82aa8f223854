package import Model

/// What is simulated.
package struct SimulationOptions {
  package var model: Configuration
  package var nodeCount: Int
  package var faults: [Fault]
  package var seed: UInt64
  /// How long it runs at least, in milliseconds. It goes on until the backlog is gone, `drainMax` at most.
  package var duration: Int64
  package var drainMax: Int64 = 7 * 86_400_000
  package var centre: CentreRules
  /// Milliseconds for a round trip to the centre.
  package var roundTrip: Int64 = 20
  /// Bytes on a node's disk for one sample.
  package var bytesPerSample: Double
  /// Bytes of a sample in a request, compressed, for lines of a given width.
  package var wireBytesPerSample: Double
  package var scale: Scale
  /// What the spool's segments may take on a simulated node's own disk; nothing for what the model says.
  package var spoolByteCountMax: Int?
  /// Whether the agents compare themselves with the centre and refill what it lacks, as the model says.
  package var comparesWithCentre = true
  /// Whether the agents raise their alerts, which takes a look at each every 15 s.
  package var raisesAlerts = true
  /// Whether all agents start, and scrape, at the same moment, as after a rollout to the whole fleet.
  package var startsTogether = false
  package var interference = Interference()
  /// How many moments of the run are drawn.
  package var observationCount = 240

  package init(model: Configuration, nodeCount: Int, faults: [Fault], seed: UInt64, duration: Int64) {
    self.model = model
    self.nodeCount = nodeCount
    self.faults = faults
    self.seed = seed
    self.duration = duration
    centre = CentreRules(model, samplesPerSecond: 1_000_000)
    bytesPerSample = model[Settings.diskBytesPerSample]
    wireBytesPerSample = model[Settings.wireBytesPerSample]
    scale = Scale(model, nodeCount: nodeCount)
  }
}
