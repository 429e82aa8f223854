import Document

/// Says what NetworkPolicies let through, as the API documents them: a pod that a policy selects for a direction is cut
/// off in it, but for what any of those policies allows.
struct PolicyEvaluator {
  let policies: [Tree<Never>]

  enum Peer {
    case pod([String: String])
    case podElsewhere(namespace: String, [String: String])
    case address(String)
  }

  func allowsEgress(from pod: [String: String], to peer: Peer, port: Int, protocol name: String = "TCP") -> Bool {
    allows("Egress", "egress", "to", pod, peer, port, name)
  }

  func allowsIngress(to pod: [String: String], from peer: Peer, port: Int) -> Bool {
    allows("Ingress", "ingress", "from", pod, peer, port, "TCP")
  }

  func selects(_ pod: [String: String], for direction: String) -> Bool { !selecting(pod, direction).isEmpty }

  private func selecting(_ pod: [String: String], _ direction: String) -> [Tree<Never>] {
    policies.filter {
      pod.contains(all: $0["spec", "podSelector", "matchLabels"]?.strings ?? [:])
        && ($0["spec", "policyTypes"]?.list ?? []).contains(direction)
    }
  }

  private func allows(
    _ direction: String,
    _ rules: String,
    _ peers: String,
    _ pod: [String: String],
    _ peer: Peer,
    _ port: Int,
    _ protocolName: String
  ) -> Bool {
    let selecting = selecting(pod, direction)
    if selecting.isEmpty { return true }
    return selecting.flatMap { $0["spec", rules]?.items ?? [] }.contains { rule in
      let ports = rule["ports"]?.items ?? []
      let portFits = ports.contains {
        ($0["protocol"]?.string ?? "TCP") == protocolName && ($0["port"] == nil || $0["port"]?.string == String(port))
      }
      let listed = rule[peers]?.items ?? []
      return (ports.isEmpty || portFits) && (listed.isEmpty || listed.contains { matches($0, peer) })
    }
  }

  private func matches(_ selector: Tree<Never>, _ peer: Peer) -> Bool {
    let labels = selector["podSelector", "matchLabels"]?.strings
    let namespace = selector["namespaceSelector", "matchLabels"]?.strings
    switch peer {
    case .pod(let own): return labels.map { own.contains(all: $0) } == true && namespace == nil
    case .podElsewhere(let name, let own):
      return labels.map { own.contains(all: $0) } == true
        && namespace.map { ["kubernetes.io/metadata.name": name].contains(all: $0) } == true
    case .address(let address):
      guard let block = selector["ipBlock"], let range = block["cidr"]?.string else { return false }
      return contains(range, address) && !(block["except"]?.list ?? []).contains { contains($0, address) }
    }
  }

  private func contains(_ range: String, _ address: String) -> Bool {
    let parts = range.split(separator: "/")
    guard parts.count == 2, let length = Int(parts[1]), let network = number(parts[0]), let it = number(address[...])
    else { return false }
    return network >> UInt64(32 - length) == it >> UInt64(32 - length)
  }

  private func number(_ address: Substring) -> UInt64? {
    let bytes = address.split(separator: ".").compactMap { UInt64($0) }
    return bytes.count == 4 ? bytes.reduce(0) { $0 << 8 | $1 } : nil
  }
}
