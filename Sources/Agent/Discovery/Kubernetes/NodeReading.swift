internal import JSON

/// What discovery needs of a node.
///
/// Source of the labels: Prometheus' `discovery/kubernetes/node.go` at v3.5.
struct NodeReading: Sendable {
  var metadata = KubernetesMetadata()
  private var providerID = ""
  private var kubeletPort = 0
  private var addresses: [(type: String, address: String)] = []

  init(_ reader: inout JSONReader) throws(JSONError) {
    try reader.object { reader, key throws(JSONError) in
      switch key {
      case "metadata": metadata = try KubernetesMetadata(&reader)
      case "spec":
        for (_, value) in try reader.stringFields(["providerID"]) { providerID = value }
      case "status": try readStatus(&reader)
      default: try reader.skip()
      }
    }
  }

  private mutating func readStatus(_ reader: inout JSONReader) throws(JSONError) {
    try reader.optionalObject { reader, key throws(JSONError) in
      switch key {
      case "addresses":
        try reader.optionalArray { reader throws(JSONError) in
          let fields = Dictionary(try reader.stringFields(["type", "address"])) { $1 }
          addresses.append((fields["type"] ?? "", fields["address"] ?? ""))
        }
      case "daemonEndpoints":
        try reader.optionalObject { reader, key throws(JSONError) in
          guard key == "kubeletEndpoint" else { return try reader.skip() }
          try reader.optionalObject { reader, key throws(JSONError) in
            if key == "Port" { kubeletPort = try reader.integer() } else { try reader.skip() }
          }
        }
      default: try reader.skip()
      }
    }
  }

  /// What pods on the node get of it with `attach_metadata`.
  var metaLabels: [MetaLabel] { .unique(metadata.metaLabels(role: "node")) }

  private static let preferred = [
    "InternalIP", "InternalDNS", "ExternalIP", "ExternalDNS", "LegacyHostIP", "Hostname",
  ]

  /// The kubelet. A node without an address has no target.
  var group: DiscoveredGroup {
    var group = DiscoveredGroup(
      source: "node/\(metadata.name)",
      labels: .unique(
        metadata.metaLabels(role: "node") + [("__meta_kubernetes_node_provider_id", providerID)]
      )
    )
    let found = Self.preferred.lazy.compactMap { type in addresses.first { $0.type == type } }.first
    guard let found else { return group }
    var labels = [
      (name: "__address__", value: joined(host: found.address, port: kubeletPort)),
      (name: "instance", value: metadata.name),
    ]
    // Of several addresses of a type the first one counts.
    for address in addresses.reversed() {
      labels.append((sanitizedLabelName("__meta_kubernetes_node_address_\(address.type)"), address.address))
    }
    group.targets = [.unique(labels)]
    return group
  }
}
