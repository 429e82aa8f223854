package import Model

/// What discovery knows of the machine it runs on.
package struct DiscoveryEnvironment: Sendable {
  /// Stands for `$(NODE_NAME)` in selectors.
  package var node: String
  /// The URL of the cluster's API server; nothing outside of a cluster.
  package var apiServer: String?
  /// Of this pod.
  package var namespace: String?
  /// Where the service account's `token` and `ca.crt` are.
  package var serviceAccountDirectory = "/var/run/secrets/kubernetes.io/serviceaccount"
  /// Draws the waits between tries, which are to differ between nodes.
  package var seed: UInt64
  /// Reads YAML.
  package var readYAML: @Sendable ([UInt8]) -> Result<Node, DiscoveryProblem>

  package init(
    node: String,
    seed: UInt64,
    readYAML: @escaping @Sendable ([UInt8]) -> Result<Node, DiscoveryProblem>
  ) {
    self.node = node
    self.seed = seed
    self.readYAML = readYAML
  }
}
