extension Vocabulary {
  /// What in the tree the release doesn't know yet, or no longer.
  func gateProblems(of node: Node, _ version: PrometheusVersion) -> [Diagnostic] {
    node.pairs.flatMap { pair -> [Diagnostic] in
      guard let field = self[pair.key] else { return [] }
      if let since = field.since, version < since {
        return [.fieldOfLaterVersion(field.name, since: since, version, at: pair.keyLocation)]
      }
      if let gone = field.gone, version > gone.after {
        return [.fieldOfEarlierVersion(field.name, gone, version, at: pair.keyLocation)]
      }
      return field.kind.gateProblems(of: pair.value, field.name, version)
    }
  }
}

extension Vocabulary.Kind {
  fileprivate func gateProblems(of node: Node, _ key: String, _ version: PrometheusVersion) -> [Diagnostic] {
    switch self {
    case .object(let vocabulary): return vocabulary.gateProblems(of: node, version)
    case .list(let item): return node.items.flatMap { item.gateProblems(of: $0, key, version) }
    case .map(let value): return node.pairs.flatMap { value.gateProblems(of: $0.value, $0.key, version) }
    case .word(let words):
      guard let since = words.first(where: { $0.word == node.text })?.since, version < since else { return [] }
      return [.fieldOfLaterVersion(node.text ?? key, since: since, version, at: node.location)]
    case .text, .url, .boolean, .count, .number, .duration, .size, .labels, .secret, .neverTrue, .opaque: return []
    }
  }
}
