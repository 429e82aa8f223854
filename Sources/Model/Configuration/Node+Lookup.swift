extension Node {
  /// The pairs of a mapping; none of anything else.
  package var pairs: [Pair] { if case .mapping(let pairs) = content { pairs } else { [] } }

  /// The items of a sequence; none of anything else.
  package var items: [Node] { if case .sequence(let items) = content { items } else { [] } }

  /// The characters of a scalar.
  package var text: String? { if case .scalar(let text, _) = content { text } else { nil } }

  /// The value of a mapping's key.
  package subscript(_ key: String) -> Node? { pairs.first { $0.key == key }?.value }
}
