package import Model

/// How an agent is run on this machine: what the command line says beside the model.
package struct AgentOptions: Sendable {
  /// Where the queue lies. Created if its parent is there.
  package var dataDirectory: String
  /// Where metrics, health and status are served: `host:port`.
  package var listen: String
  /// Where remote write is taken, and what changes the agent's state: `host:port` or the absolute path of a socket.
  package var receive: String?
  /// Told, a line each, up to which record everything is durable.
  package var acknowledgementDescriptor: Int32?
  /// The name of this machine.
  package var node: String
  package var version: String
  /// Reads the model again; what is wrong with it if it can't be run.
  package var reload: @Sendable () -> Result<Configuration, Diagnostics>

  package init(
    dataDirectory: String,
    listen: String,
    receive: String?,
    acknowledgementDescriptor: Int32?,
    node: String,
    version: String,
    reload: @escaping @Sendable () -> Result<Configuration, Diagnostics>
  ) {
    self.dataDirectory = dataDirectory
    self.listen = listen
    self.receive = receive
    self.acknowledgementDescriptor = acknowledgementDescriptor
    self.node = node
    self.version = version
    self.reload = reload
  }
}
