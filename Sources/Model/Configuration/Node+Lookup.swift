extension Node {
  /// The pairs of a mapping; none of anything else.
  public var pairs: [Pair] { if case .mapping(let pairs) = content { pairs } else { [] } }

  /// The items of a sequence; none of anything else.
  public var items: [Node] { if case .sequence(let items) = content { items } else { [] } }

  /// The characters of a scalar.
  public var text: String? { if case .scalar(let text, _) = content { text } else { nil } }

  /// The value of a mapping's key.
  public subscript(_ key: String) -> Node? { pairs.first { $0.key == key }?.value }
}
