public import Model

/// What a detector does, read off the model of its environment.
public struct FleetConfiguration: Sendable {
  public let environment: String
  /// Empty where the model names no cluster.
  public let cluster: String
  public let namespace: String
  public let detection: DetectorConfiguration
  public let model: Configuration

  public init(_ model: Configuration) {
    self.model = model
    environment = model.environment
    cluster = model[Settings.clusterName]
    namespace = model[Settings.namespace]
    detection = DetectorConfiguration(
      threshold: model[Settings.partitionThreshold],
      checkInterval: Int64(model[Settings.checkInterval].milliseconds),
      checkTimeout: Int64(model[Settings.checkTimeout].milliseconds)
    )
  }

  /// The agents' headless Service, as rendered.
  public var agentName: AgentName { AgentName(host: "prometheus-agent.\(namespace).svc", port: 9090) }
}

/// Who a detector is.
public struct DetectorIdentity: Hashable, Sendable {
  /// Its pod's name, or its machine's: tells the lines of several detectors apart.
  public let name: String
  /// Where it runs.
  public let node: String

  public init(name: String, node: String) {
    self.name = name
    self.node = node
  }
}
