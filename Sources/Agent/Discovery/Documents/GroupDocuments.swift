internal import JSON
internal import Model

/// Reads documents that list target groups: `[{"targets": ["host:port"], "labels": {"name": "value"}}]`.
struct GroupDocuments: Sendable {
  static let targetCountMax = 100_000

  /// Reads YAML; what this module can't do itself.
  let readYAML: @Sendable ([UInt8]) -> Result<Node, DiscoveryProblem>

  func groups(file: String, _ bytes: [UInt8]) throws(DiscoveryProblem) -> [DiscoveredGroup] {
    let isJSON = file.lowercased().hasSuffix(".json")
    let root = isJSON ? try json(bytes) : try readYAML(bytes).get()
    return try groups(root, isJSON: isJSON, source: file, MetaLabel("__meta_filepath", file))
  }

  func groups(url: String, _ bytes: [UInt8]) throws(DiscoveryProblem) -> [DiscoveredGroup] {
    try groups(try json(bytes), isJSON: true, source: url, MetaLabel("__meta_url", url))
  }

  private func groups(
    _ root: Node,
    isJSON: Bool,
    source: String,
    _ origin: MetaLabel
  ) throws(DiscoveryProblem) -> [DiscoveredGroup] {
    if root.isNull { return [] }
    guard case .sequence(let items) = root.content else { throw DiscoveryProblem("not a list of target groups") }
    var count = 0
    var groups: [DiscoveredGroup] = []
    for (index, item) in items.enumerated() {
      let group = try TargetList(item, isJSON: isJSON)
      count += group.targets.count
      if count > Self.targetCountMax { throw DiscoveryProblem("over \(Self.targetCountMax) targets") }
      groups.append(
        DiscoveredGroup(
          source: "\(source):\(index)",
          labels: .unique(group.labels + [(origin.name, origin.value)]),
          targets: group.targets.map { [MetaLabel("__address__", $0)] }
        )
      )
    }
    return groups
  }

  private func json(_ bytes: [UInt8]) throws(DiscoveryProblem) -> Node {
    do throws(JSONError) {
      return Node(try JSONDocument(reading: bytes))
    } catch {
      throw DiscoveryProblem("\(error)")
    }
  }
}

/// One element of such a list, as strict as Prometheus is: no other keys, and in JSON nothing but strings.
private struct TargetList {
  var targets: [String] = []
  var labels: [(name: String, value: String)] = []
  private let isJSON: Bool

  init(_ node: Node, isJSON: Bool) throws(DiscoveryProblem) {
    self.isJSON = isJSON
    guard case .mapping(let pairs) = node.content else { throw DiscoveryProblem("a target group is no mapping") }
    for pair in pairs where !pair.value.isNull || !["targets", "labels"].contains(pair.key) {
      switch pair.key {
      case "targets":
        guard case .sequence(let items) = pair.value.content else { throw DiscoveryProblem("'targets' is no list") }
        for item in items { targets.append(try text(item, "a target")) }
      case "labels":
        guard case .mapping(let pairs) = pair.value.content else { throw DiscoveryProblem("'labels' is no mapping") }
        for label in pairs {
          if label.key.isEmpty { throw DiscoveryProblem("a label without a name") }
          labels.append((label.key, try text(label.value, "the label \(label.key.prefix(80))")))
        }
      default: throw DiscoveryProblem("a target group has targets and labels, and no '\(pair.key.prefix(80))'")
      }
    }
  }

  /// YAML takes any scalar for a text.
  private func text(_ node: Node, _ what: String) throws(DiscoveryProblem) -> String {
    guard case .scalar(let text, let isPlain) = node.content, !(isJSON && isPlain) else {
      throw DiscoveryProblem("\(what) is no text")
    }
    return text
  }
}

extension Node {
  /// Where a document of another kind stands: nowhere in the model.
  private static let nowhere = Location(file: "", line: 0, column: 0)

  /// The same document; numbers, booleans and null carry a mark that they were no strings.
  init(_ value: JSONDocument) {
    let content: Content =
      switch value {
      case .null: .scalar("null", isPlain: true)
      case .boolean(let value): .scalar("\(value)", isPlain: true)
      case .number(let text): .scalar(text, isPlain: true)
      case .string(let text): .scalar(text, isPlain: false)
      case .array(let items): .sequence(items.map { Node($0) })
      case .object(let members): .mapping(members.map { Pair($0.key, at: Self.nowhere, Node($0.value)) })
      }
    self.init(content, at: Self.nowhere)
  }

  fileprivate var isNull: Bool {
    if case .scalar(let text, isPlain: true) = content { return ["", "~", "null", "Null", "NULL"].contains(text) }
    return false
  }
}
