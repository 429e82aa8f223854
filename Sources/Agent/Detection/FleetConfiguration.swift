package import Model

/// What a detector does, read off the model of its environment.
package struct FleetConfiguration: Sendable {
  package let environment: String
  /// Empty where the model names no cluster.
  package let cluster: String
  package let namespace: String
  package let detection: DetectorConfiguration
  package let model: Configuration

  package init(_ model: Configuration) {
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
  package var agentName: AgentName { AgentName(host: "prometheus-agent.\(namespace).svc", port: 9090) }
}

/// Who a detector is.
package struct DetectorIdentity: Hashable, Sendable {
  /// Its pod's name, or its machine's: tells the lines of several detectors apart.
  package let name: String
  /// Where it runs.
  package let node: String

  package init(name: String, node: String) {
    self.name = name
    self.node = node
  }
}
