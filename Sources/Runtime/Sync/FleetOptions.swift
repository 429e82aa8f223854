public import Model

/// How a fleet's agents are asked to compare themselves with the centre.
public struct FleetOptions: Sendable {
  public var model: Configuration
  /// `host:port` of each agent; empty for those that the headless service names.
  public var agents: [String]
  /// All of it, in milliseconds.
  public var timeoutMilliseconds: Int64
  /// Agents that compare themselves at the same time.
  public var concurrency: Int
  /// Whether agents that left something for later are left alone.
  public var isOneRound: Bool
  public var toolVersion: String
  /// Told, a few times a second, how far it is.
  public var progress: @Sendable (FleetProgress) -> Void

  public init(
    model: Configuration,
    agents: [String],
    timeoutMilliseconds: Int64,
    concurrency: Int,
    isOneRound: Bool,
    toolVersion: String,
    progress: @escaping @Sendable (FleetProgress) -> Void
  ) {
    self.model = model
    self.agents = agents
    self.timeoutMilliseconds = timeoutMilliseconds
    self.concurrency = max(concurrency, 1)
    self.isOneRound = isOneRound
    self.toolVersion = toolVersion
    self.progress = progress
  }

  /// The headless service in front of the agents, and their port (`out/kubernetes`, 70-service-prometheus-agent-headless.yaml).
  static let service = "prometheus-agent"
  static let port = 9090
  /// A list beyond this is cut, and the report says so.
  static let agentCountMax = 10_000
}

/// How far a fleet is.
public struct FleetProgress: Sendable {
  public var agentCount = 0
  public var endedCount = 0
  public var refillingCount = 0
  public var replayedSamples: UInt64 = 0
}
