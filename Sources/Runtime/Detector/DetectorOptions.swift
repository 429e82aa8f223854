package import Agent
package import Model

/// How a detector is run on this machine: what the command line says beside the model.
package struct DetectorOptions: Sendable {
  /// Where metrics, health and status are served: `host:port`.
  package var listen: String
  /// The event log.
  package var events: String
  /// Who is asked; the agents' headless Service where nothing is named.
  package var agents: [AgentName]?
  /// The cluster's API server, `https://host:port`; nothing where there is none.
  package var apiServer: String?
  /// Where the service account's `token` and `ca.crt` are.
  package var serviceAccountDirectory: String
  package var identity: DetectorIdentity
  package var version: String
  /// Reads the model again; what is wrong with it if it can't be run.
  package var reload: @Sendable () -> Result<Configuration, Diagnostics>

  package init(
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
