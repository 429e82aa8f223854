package import Model
package import Spool

/// What an agent does, read off the model of its environment once: at its start and at each reload.
package struct AgentConfiguration: Sendable {
  /// The queue towards the centre, in file names, on /metrics and in the log.
  package static let centralDestination = "remote_write_central"
  /// Of the disk that the model gives the queue; the rest is the file system's own, and the dead letters'.
  private static let shareOfStorage = 0.9

  package let environment: String
  /// Empty where the model names no cluster.
  package let cluster: String
  package let node: String
  package let collector: Collector
  package let spool: SpoolConfiguration
  package let durability: Durability
  package let fsyncIntervalMilliseconds: Int64
  package let scrapeIntervalMilliseconds: Int64
  /// What the agent adds to every series that it scrapes, sorted by name; a label of the series itself wins.
  package let externalLabels: [(name: String, value: String)]
  /// In Prometheus' vocabulary; none where another collector scrapes.
  package let scrapeConfigs: [Node]
  package let model: Configuration

  /// - Parameters:
  ///   - node: the name of this machine, which stands for `$(NODE_NAME)`.
  package init(_ model: Configuration, node: String) {
    self.model = model
    self.node = node
    environment = model.environment
    cluster = model[Settings.clusterName]
    collector = model[Settings.collector]
    durability = model[Settings.durability]
    fsyncIntervalMilliseconds = Int64(model[Settings.fsyncInterval].milliseconds)
    scrapeIntervalMilliseconds = Int64(model[Settings.scrapeInterval].milliseconds)
    // What is older than the centre takes, and than the model wants to survive, is of no use to anybody.
    let ageMax = max(model[Settings.outOfOrderWindow].milliseconds, model[Settings.survive].milliseconds)
    spool = SpoolConfiguration(
      byteCountMax: Int(Double(model[Settings.storageSize].thousandths) / 1000 * Self.shareOfStorage),
      ageMax: Int64(ageMax),
      destinations: [Self.centralDestination]
    )
    var labels = ["cluster": cluster, "node": node, "environment": environment]
    for label in model.externalLabels {
      labels[label.name] = label.value.replacingNodeName(with: node)
    }
    externalLabels = labels.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    scrapeConfigs = collector == .rescfg ? model.scrapeConfigs ?? [] : []
  }
}

extension String {
  /// The text with the node's name in place of `$(NODE_NAME)`.
  package func replacingNodeName(with node: String) -> String {
    let placeholder = Array("$(NODE_NAME)".utf8)
    let bytes = Array(utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index...].starts(with: placeholder) {
        result += Array(node.utf8)
        index += placeholder.count
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
