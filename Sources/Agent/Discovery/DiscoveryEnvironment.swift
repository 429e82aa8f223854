public import Model

/// What discovery knows of the machine it runs on.
public struct DiscoveryEnvironment: Sendable {
  /// Stands for `$(NODE_NAME)` in selectors.
  public var node: String
  /// The URL of the cluster's API server; nothing outside of a cluster.
  public var apiServer: String?
  /// Of this pod.
  public var namespace: String?
  /// Where the service account's `token` and `ca.crt` are.
  public var serviceAccountDirectory = "/var/run/secrets/kubernetes.io/serviceaccount"
  /// Draws the waits between tries, which are to differ between nodes.
  public var seed: UInt64
  /// Reads YAML.
  public var readYAML: @Sendable ([UInt8]) -> Result<Node, DiscoveryProblem>

  public init(
    node: String,
    seed: UInt64,
    readYAML: @escaping @Sendable ([UInt8]) -> Result<Node, DiscoveryProblem>
  ) {
    self.node = node
    self.seed = seed
    self.readYAML = readYAML
  }
}
