public import Agent
public import Model

/// How a detector is run on this machine: what the command line says beside the model.
public struct DetectorOptions: Sendable {
  /// Where metrics, health and status are served: `host:port`.
  public var listen: String
  /// The event log.
  public var events: String
  /// Who is asked; the agents' headless Service where nothing is named.
  public var agents: [AgentName]?
  /// The cluster's API server, `https://host:port`; nothing where there is none.
  public var apiServer: String?
  /// Where the service account's `token` and `ca.crt` are.
  public var serviceAccountDirectory: String
  public var identity: DetectorIdentity
  public var version: String
  /// Reads the model again; what is wrong with it if it can't be run.
  public var reload: @Sendable () -> Result<Configuration, Diagnostics>

  public init(
    listen: String,
    events: String,
    agents: [AgentName]?,
    apiServer: String?,
    serviceAccountDirectory: String,
    identity: DetectorIdentity,
    version: String,
    reload: @escaping @Sendable () -> Result<Configuration, Diagnostics>
  ) {
    self.listen = listen
    self.events = events
    self.agents = agents
    self.apiServer = apiServer
    self.serviceAccountDirectory = serviceAccountDirectory
    self.identity = identity
    self.version = version
    self.reload = reload
  }
}
