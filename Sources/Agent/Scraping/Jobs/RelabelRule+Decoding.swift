public import Model

extension RelabelRule {
  /// Reads one relabel config whose fields are known to be of the right kinds. A pattern that isn't one is an error at its character.
  public init(_ node: Node) throws(Diagnostics) {
    let text = node["regex"]?.text ?? "(.*)"
    let pattern: RelabelPattern
    do throws(PatternFailure) {
      pattern = try RelabelPattern(text)
    } catch {
      throw Diagnostics([.badPattern(error, node["regex"] ?? node)])
    }
    self.init(
      action: node["action"]?.text.flatMap { Action(rawValue: $0) } ?? .replace,
      sources: (node["source_labels"]?.items ?? []).compactMap(\.text),
      separator: node["separator"]?.text ?? ";",
      pattern: pattern,
      target: node["target_label"]?.text ?? "",
      replacement: node["replacement"]?.text ?? "$1",
      modulus: node["modulus"]?.text.flatMap { UInt64($0) } ?? 0
    )
  }
}
