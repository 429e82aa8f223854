public import Agent
import Glibc
public import Model

/// How an agent is run on this machine: what the command line says beside the model.
public struct AgentOptions: Sendable {
  /// Where the queue lies. Created if its parent is there.
  public var dataDirectory: String
  /// Where metrics, health and status are served: `host:port`.
  public var listen: String
  /// Where remote write is taken, and what changes the agent's state: `host:port` or the absolute path of a socket.
  public var receive: String?
  /// Told, a line each, up to which record everything is durable.
  public var acknowledgementDescriptor: Int32?
  /// The name of this machine.
  public var node: String
  public var version: String
  /// Reads YAML: of files that name targets.
  public var readYAML: @Sendable ([UInt8]) -> Result<Node, DiscoveryProblem>
  /// Reads the model again; what is wrong with it if it can't be run.
  public var reload: @Sendable () -> Result<Configuration, Diagnostics>

  public init(
    dataDirectory: String,
    listen: String,
    receive: String?,
    acknowledgementDescriptor: Int32?,
    node: String,
    version: String,
    readYAML: @escaping @Sendable ([UInt8]) -> Result<Node, DiscoveryProblem>,
    reload: @escaping @Sendable () -> Result<Configuration, Diagnostics>
  ) {
    self.dataDirectory = dataDirectory
    self.listen = listen
    self.receive = receive
    self.acknowledgementDescriptor = acknowledgementDescriptor
    self.node = node
    self.version = version
    self.readYAML = readYAML
    self.reload = reload
  }
}

extension AgentOptions {
  /// What discovery knows of this machine: in a pod, the API server's address and the pod's own namespace.
  var discovery: DiscoveryEnvironment {
    var environment = DiscoveryEnvironment(node: node, seed: .random(in: 0 ... .max), readYAML: readYAML)
    environment.apiServer = apiServerOfPod()
    environment.namespace = wholeFile(environment.serviceAccountDirectory + "/namespace", byteCountMax: 256).map {
      String(decoding: $0, as: UTF8.self)
    }
    return environment
  }
}

/// The URL of the cluster's API server, for a pod; nothing elsewhere.
public func apiServerOfPod() -> String? {
  guard let host = variable("KUBERNETES_SERVICE_HOST"), let port = variable("KUBERNETES_SERVICE_PORT") else {
    return nil
  }
  return "https://\(host.contains(":") ? "[\(host)]" : host):\(port)"
}

private func variable(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}
