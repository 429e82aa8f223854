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
  switch text {
  case "true", "True", "TRUE": return true
  case "false", "False", "FALSE": return false
  case "", "~", "null", "Null", "NULL": return .null
  default: break
  }
  let isDecimal = text.utf8.allSatisfy {
    $0 >= 0x30 && $0 <= 0x39 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
  }
  if isDecimal, let integer = Int(text), String(integer) == text { return .integer(.known(integer)) }
  if isDecimal, let number = Double(text), number.isFinite, spelledNumber(number) == text {
    return .number(.known(number))
  }
  return .text(Text(text))
}
