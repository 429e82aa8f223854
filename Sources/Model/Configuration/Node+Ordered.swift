extension Node {
  /// What a person looks for first in a scrape config or a rule.
  private static let leading = ["job_name", "alert", "record", "expr", "for", "role", "action", "source_labels"]

  /// The same node with the keys of all mappings in one order: what names a thing first, then by the alphabet.
  ///
  /// Keys of a mapping have no order to mean anything by; two models that differ in it alone are rendered alike.
  public var ordered: Node {
    switch content {
    case .scalar: self
    case .sequence(let nodes): Node(.sequence(nodes.map(\.ordered)), at: location)
    case .mapping(let pairs):
      Node(
        .mapping(
          pairs.map { Pair($0.key, at: $0.keyLocation, $0.value.ordered) }
            .sorted { (Self.rank($0.key), $0.key) < (Self.rank($1.key), $1.key) }
        ),
        at: location
      )
    }
  }

  private static func rank(_ key: String) -> Int { leading.firstIndex(of: key) ?? leading.count }
}
