/// Where objects are listed and watched, and with which selectors.
struct KubernetesAPI: Hashable, Sendable {
  /// Without a slash at the end.
  let server: String
  let client: DiscoveryClient
  let resource: KubernetesResource
  /// All of them without one.
  let namespace: String?
  let labelSelector: String
  let fieldSelector: String

  func url(_ parameters: [(name: String, value: String)]) -> String {
    let path =
      switch (resource, namespace) {
      case (.nodes, _): "nodes"
      case (.pods, nil): "pods"
      case (.pods, let namespace?): "namespaces/\(namespace.percentEncoded)/pods"
      }
    var all = parameters
    if !labelSelector.isEmpty { all.append(("labelSelector", labelSelector)) }
    if !fieldSelector.isEmpty { all.append(("fieldSelector", fieldSelector)) }
    return "\(server)/api/v1/\(path)?" + all.map { "\($0.name)=\($0.value.percentEncoded)" }.joined(separator: "&")
  }
}
