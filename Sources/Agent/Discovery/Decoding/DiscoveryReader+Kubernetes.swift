internal import Model

extension DiscoveryReader {
  private static let clientFields = ["basic_auth", "authorization", "bearer_token_file", "tls_config"]

  mutating func readKubernetes(_ node: Node) {
    let resource: KubernetesResource
    switch node["role"]?.text {
    case "pod": resource = .pods
    case "node": resource = .nodes
    default: return problems.append(.unsupportedRole(at: (node["role"] ?? node).location))
    }
    if let field = node["kubeconfig_file"] { problems.append(.unsupportedField("kubeconfig_file", at: field.location)) }
    let attached = node["attach_metadata"]
    if attached?.flag("namespace") == true, let field = attached?["namespace"] {
      problems.append(.unsupportedField("namespace", at: field.location))
    }
    guard let (server, client) = server(node) else { return }
    let selectors = selectors(node["selectors"]?.items ?? [], resource)
    let makeAPI = { (resource: KubernetesResource, namespace: String?) in
      KubernetesAPI(
        server: server,
        client: client,
        resource: resource,
        namespace: namespace,
        labelSelector: selectors[resource]?.label ?? "",
        fieldSelector: selectors[resource]?.field ?? ""
      )
    }
    let namespaces: [String?] = resource == .pods ? namespaces(node) : [nil]
    providers.append(
      KubernetesDiscovery(
        namespaces.map { makeAPI(resource, $0) },
        nodes: resource == .pods && attached?.flag("node") == true ? makeAPI(.nodes, nil) : nil,
        tickets,
        seed: environment.seed &+ UInt64(providers.count)
      )
    )
  }

  /// The configured API server, or the one of the cluster that this pod runs in, with the pod's own service account.
  private mutating func server(_ node: Node) -> (String, DiscoveryClient)? {
    if let field = node["api_server"] {
      guard let url = field.text, Self.isHTTP(url) else {
        problems.append(.badURL(at: field.location))
        return nil
      }
      let base = url.hasSuffix("/") ? String(url.dropLast()) : url
      return (base, client(node))
    }
    problems += node.unsupported
    for pair in node.pairs where Self.clientFields.contains(pair.key) {
      problems.append(.clientWithoutServer(pair.key, at: pair.keyLocation))
    }
    guard let server = environment.apiServer else {
      problems.append(.noCluster(at: node.location))
      return nil
    }
    var client = DiscoveryClient()
    let directory = environment.serviceAccountDirectory
    client.authorization = .header(scheme: "Bearer", credentialsFile: "\(directory)/token")
    client.tls.caFile = "\(directory)/ca.crt"
    return (server, client)
  }

  private mutating func selectors(
    _ nodes: [Node],
    _ resource: KubernetesResource
  ) -> [KubernetesResource: (label: String, field: String)] {
    var result: [KubernetesResource: (label: String, field: String)] = [:]
    for node in nodes {
      let selected: KubernetesResource
      switch (node["role"]?.text, resource) {
      case ("pod", .pods): selected = .pods
      case ("node", _): selected = .nodes
      default:
        problems.append(.foreignSelector(at: (node["role"] ?? node).location))
        continue
      }
      if result[selected] != nil { problems.append(.secondSelector(at: node.location)) }
      result[selected] = (text(node["label"]), text(node["field"]))
    }
    return result
  }

  private func text(_ node: Node?) -> String { (node?.text ?? "").replacingNodeName(with: environment.node) }

  /// `nil` for all of them.
  private mutating func namespaces(_ node: Node) -> [String?] {
    guard let field = node["namespaces"] else { return [nil] }
    var names = (field["names"]?.items ?? []).compactMap(\.text)
    if field.flag("own_namespace") == true {
      if let own = environment.namespace, node["api_server"] == nil {
        names.append(own)
      } else {
        problems.append(.noOwnNamespace(at: (field["own_namespace"] ?? field).location))
      }
    }
    if names.isEmpty { return [nil] }
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
