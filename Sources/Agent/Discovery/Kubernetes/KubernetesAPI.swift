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
      case (.pods, let namespace?): "namespaces/\(escaped(namespace))/pods"
      }
    var all = parameters
    if !labelSelector.isEmpty { all.append(("labelSelector", labelSelector)) }
    if !fieldSelector.isEmpty { all.append(("fieldSelector", fieldSelector)) }
    return "\(server)/api/v1/\(path)?" + all.map { "\($0.name)=\(escaped($0.value))" }.joined(separator: "&")
  }

  private func escaped(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
        UInt8(ascii: "~"):
        result.append(byte)
      default: result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
