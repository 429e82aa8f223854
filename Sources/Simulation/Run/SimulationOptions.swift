public import Model

/// What is simulated.
public struct SimulationOptions {
  public var model: Configuration
  public var nodeCount: Int
  public var faults: [Fault]
  public var seed: UInt64
  /// How long it runs at least, in milliseconds. It goes on until the backlog is gone, `drainMax` at most.
  public var duration: Int64
  public var drainMax: Int64 = 7 * 86_400_000
  public var centre: CentreRules
  /// Milliseconds for a round trip to the centre.
  public var roundTrip: Int64 = 20
  /// Bytes on a node's disk for one sample.
  public var bytesPerSample: Double
  /// Bytes of a sample in a request, compressed, for lines of a given width.
  public var wireBytesPerSample: Double
  public var scale: Scale
  /// What the spool's segments may take on a simulated node's own disk; nothing for what the model says.
  public var spoolByteCountMax: Int?
  /// Whether the agents compare themselves with the centre and refill what it lacks, as the model says.
  public var comparesWithCentre = true
  /// Whether the agents raise their alerts, which takes a look at each every 15 s.
  public var raisesAlerts = true
  /// Whether all agents start, and scrape, at the same moment, as after a rollout to the whole fleet.
  public var startsTogether = false
  public var interference = Interference()
  /// How many moments of the run are drawn.
  public var observationCount = 240

  public init(model: Configuration, nodeCount: Int, faults: [Fault], seed: UInt64, duration: Int64) {
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
