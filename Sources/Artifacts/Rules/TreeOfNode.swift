import Document
import Model

/// What the user wrote in Prometheus' own vocabulary, as it was meant: quoted scalars are strings, plain ones what YAML
/// 1.2 reads.
///
/// A plain number stays one only where it prints back as it was written: `1.0` or `007` may be a label's value, so they
/// become strings, which Prometheus takes wherever it wants one.
func tree<H>(of node: Node) -> Tree<H> {
  switch node.content {
  case .mapping(let pairs): .mapping(pairs.map { .init($0.key, tree(of: $0.value)) })
  case .sequence(let nodes): .sequence(nodes.map(tree(of:)))
  case .scalar(let text, isPlain: false): .text(Text(text))
  case .scalar(let text, isPlain: true): plainScalar(text)
  }
}

private func plainScalar<H>(_ text: String) -> Tree<H> {
  switch PlainScalar(text) {
  case .null: .null
  case .boolean(let value): .boolean(.known(value))
  case .integer(let value) where String(value) == text: .integer(.known(value))
  case .decimal(let value) where spelledNumber(value) == text: .number(.known(value))
  default: .text(Text(text))
  }
}
