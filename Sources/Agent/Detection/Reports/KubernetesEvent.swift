import Model

/// An Event of Kubernetes (`kubectl get events`), for a change of state. It is about a workload of this namespace, as one about a
/// node would have to lie in the namespace `default`, where the detector has no say.
struct KubernetesEvent: Hashable, Sendable {
  let reason: String
  let isWarning: Bool
  let message: String
  let kind: String
  let name: String
  /// Milliseconds since 1970.
  let time: Int64

  init(_ event: PartitionEvent, node: String) {
    reason = Self.reason(event.to.rawValue)
    isWarning = event.to == .suspect || event.to == .partitioned
    message =
      "The detector's path to the centre, from node \(node), was \(event.from.rawValue) and is \(event.to.rawValue): "
      + event.evidence.cause.rawValue
    kind = "Deployment"
    name = "network-partition-detector"
    time = event.time
  }

  init(_ event: AgentEvent) {
    let to = event.to?.rawValue ?? "gone"
    reason = Self.reason("agent_" + to)
    isWarning = event.to == .suspect || event.to == .partitioned || event.to == .unreachable
    message =
      "The agent of node \(event.node.isEmpty ? "unknown" : event.node) at \(event.address) was \(event.from.rawValue) and is "
      + "\(to): \(event.cause.rawValue); \(event.queuedSamples) samples wait there"
    kind = "DaemonSet"
    name = "prometheus-agent"
    time = event.time
  }

  /// `partitioned` is `PathPartitioned`, `agent_partitioned` is `AgentPartitioned`.
  private static func reason(_ word: String) -> String {
    let words = (word.hasPrefix("agent_") ? word : "path_" + word).split(separator: "_")
    return words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  func body(namespace: String, detector: String, node: String) -> [UInt8] {
    let time = JSONValue.time(time)
    return Array(
      JSONValue.object(
        ("apiVersion", .string("v1")),
        ("kind", .string("Event")),
        (
          "metadata",
          .object(("generateName", .string("network-partition-")), ("namespace", .string(namespace)))
        ),
        (
          "involvedObject",
          .object(
            ("apiVersion", .string("apps/v1")),
            ("kind", .string(kind)),
            ("name", .string(name)),
            ("namespace", .string(namespace))
          )
        ),
        ("reason", .string(reason)),
        ("message", .string(message)),
        ("type", .string(isWarning ? "Warning" : "Normal")),
        ("source", .object(("component", .string("network-partition-detector")), ("host", .string(node)))),
        ("reportingComponent", .string("network-partition-detector")),
        ("reportingInstance", .string(detector)),
        ("firstTimestamp", time),
        ("lastTimestamp", time),
        ("count", .integer(1))
      ).compact.utf8
    )
  }
}
