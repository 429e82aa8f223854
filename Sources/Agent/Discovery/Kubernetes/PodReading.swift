internal import JSON

/// What discovery needs of a pod.
///
/// Source of the labels: Prometheus' `discovery/kubernetes/pod.go` at v3.5.
struct PodReading: Sendable {
  var metadata = KubernetesMetadata()
  var nodeName = ""
  private var containers: [Container] = []
  private var initContainers: [Container] = []
  private var ip = ""
  private var hostIP = ""
  private var phase = ""
  private var ready = "unknown"
  /// Of containers and init containers, by their names.
  private var containerIDs: [String: String] = [:]
  private var initContainerIDs: [String: String] = [:]

  init(_ reader: inout JSONReader) throws(JSONError) {
    try reader.object { reader, key throws(JSONError) in
      switch key {
      case "metadata": metadata = try KubernetesMetadata(&reader)
      case "spec": try readSpec(&reader)
      case "status": try readStatus(&reader)
      default: try reader.skip()
      }
    }
  }

  private mutating func readSpec(_ reader: inout JSONReader) throws(JSONError) {
    try reader.optionalObject { reader, key throws(JSONError) in
      switch key {
      case "nodeName": nodeName = try reader.optionalString()
      case "containers": containers = try Self.containers(&reader)
      case "initContainers": initContainers = try Self.containers(&reader)
      default: try reader.skip()
      }
    }
  }

  private mutating func readStatus(_ reader: inout JSONReader) throws(JSONError) {
    try reader.optionalObject { reader, key throws(JSONError) in
      switch key {
      case "podIP": ip = try reader.optionalString()
      case "hostIP": hostIP = try reader.optionalString()
      case "phase": phase = try reader.optionalString()
      case "conditions":
        var isFound = false
        try reader.optionalArray { reader throws(JSONError) in
          let condition = Dictionary(try reader.stringFields(["type", "status"])) { $1 }
          if condition["type"] == "Ready", !isFound {
            isFound = true
            ready = (condition["status"] ?? "").lowercased()
          }
        }
      case "containerStatuses": containerIDs = try Self.identifiers(&reader)
      case "initContainerStatuses": initContainerIDs = try Self.identifiers(&reader)
      default: try reader.skip()
      }
    }
  }

  private static func identifiers(_ reader: inout JSONReader) throws(JSONError) -> [String: String] {
    var result: [String: String] = [:]
    try reader.optionalArray { reader throws(JSONError) in
      let status = Dictionary(try reader.stringFields(["name", "containerID"])) { $1 }
      if let name = status["name"], result[name] == nil { result[name] = status["containerID"] ?? "" }
    }
    return result
  }

  private static func containers(_ reader: inout JSONReader) throws(JSONError) -> [Container] {
    var result: [Container] = []
    try reader.optionalArray { reader throws(JSONError) in result.append(try Container(&reader)) }
    return result
  }

  private struct Container: Sendable {
    var name = ""
    var image = ""
    var ports: [(name: String, number: Int, networkProtocol: String)] = []

    init(_ reader: inout JSONReader) throws(JSONError) {
      try reader.optionalObject { reader, key throws(JSONError) in
        switch key {
        case "name": name = try reader.optionalString()
        case "image": image = try reader.optionalString()
        case "ports":
          try reader.optionalArray { reader throws(JSONError) in
            var port = (name: "", number: 0, networkProtocol: "")
            try reader.optionalObject { reader, key throws(JSONError) in
              switch key {
              case "name": port.name = try reader.optionalString()
              case "containerPort": port.number = try reader.integer()
              case "protocol": port.networkProtocol = try reader.optionalString()
              default: try reader.skip()
              }
            }
            ports.append(port)
          }
        default: try reader.skip()
        }
      }
    }
  }

  /// A pod without an address, as one that starts or was evicted, has no targets.
  var group: DiscoveredGroup {
    let source = "pod/\(metadata.namespace)/\(metadata.name)"
    if ip.isEmpty { return DiscoveredGroup(source: source) }
    var labels = metadata.metaLabels(role: "pod")
    labels += [
      ("__meta_kubernetes_namespace", metadata.namespace), ("__meta_kubernetes_pod_ip", ip),
      ("__meta_kubernetes_pod_ready", ready), ("__meta_kubernetes_pod_phase", phase),
      ("__meta_kubernetes_pod_node_name", nodeName), ("__meta_kubernetes_pod_host_ip", hostIP),
      ("__meta_kubernetes_pod_uid", metadata.uid),
    ]
    if !metadata.controllerKind.isEmpty {
      labels.append(("__meta_kubernetes_pod_controller_kind", metadata.controllerKind))
    }
    if !metadata.controllerName.isEmpty {
      labels.append(("__meta_kubernetes_pod_controller_name", metadata.controllerName))
    }
    return DiscoveredGroup(
      source: source,
      labels: .unique(labels),
      targets: containers.flatMap { targets($0, isInit: false) } + initContainers.flatMap { targets($0, isInit: true) }
    )
  }

  /// One for each port, or one without a port.
  private func targets(_ container: Container, isInit: Bool) -> [[MetaLabel]] {
    let identifier = (isInit ? initContainerIDs : containerIDs)[container.name] ?? ""
    let prefix = "__meta_kubernetes_pod_container_"
    let common = [
      (prefix + "name", container.name), (prefix + "id", identifier), (prefix + "image", container.image),
      (prefix + "init", "\(isInit)"),
    ]
    if container.ports.isEmpty { return [.unique(common + [("__address__", ip)])] }
    return container.ports.map { port in
      .unique(
        common + [
          ("__address__", joined(host: ip, port: port.number)), (prefix + "port_number", "\(port.number)"),
          (prefix + "port_name", port.name), (prefix + "port_protocol", port.networkProtocol),
        ]
      )
    }
  }
}

extension JSONReader {
  /// The texts of some keys of an object.
  mutating func stringFields(_ keys: Set<String>) throws(JSONError) -> [(String, String)] {
    var pairs: [(String, String)] = []
    try optionalObject { reader, key throws(JSONError) in
      if keys.contains(key) { pairs.append((key, try reader.optionalString())) } else { try reader.skip() }
    }
    return pairs
  }
}
