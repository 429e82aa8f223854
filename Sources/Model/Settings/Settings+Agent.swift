extension Settings {
  public static let agentCPURequest = Setting(
    "agent.resources.requests.cpu",
    default: "100m",
    cores: "1m"..."64",
    "CPU reserved for the collector",
    source: "spec: Resource Usage"
  )
  public static let agentMemoryRequest = Setting(
    "agent.resources.requests.memory",
    default: "256Mi",
    bytes: "16Mi"..."512Gi",
    "Memory reserved for the collector",
    source: "spec: Resource Usage"
  )
  public static let agentCPULimit = Setting(
    "agent.resources.limits.cpu",
    default: "500m",
    cores: "1m"..."64",
    "CPU limit of the collector",
    source: "spec: Resource Usage"
  )
  public static let agentMemoryLimit = Setting(
    "agent.resources.limits.memory",
    default: "1Gi",
    bytes: "16Mi"..."512Gi",
    "Memory limit of the collector",
    source: "spec: Resource Usage"
  )
  public static let everyNode = Structural(
    "agent.every_node",
    .boolean,
    default: true,
    "Tolerate every taint, so that each node has an agent",
    source: "spec: Per-Node Collection"
  )
  public static let updateStrategy = Structural(
    "agent.update_strategy",
    default: UpdateStrategy.rollingUpdate,
    "How a changed agent reaches the nodes",
    source: "ours"
  )

  static let agent = [
    agentCPURequest.info, agentMemoryRequest.info, agentCPULimit.info, agentMemoryLimit.info, everyNode.info,
    updateStrategy.info,
  ]
}
