public import Document
public import Model

extension Node {
  /// What the file says here as part of a document, with each scalar's type as YAML 1.2 reads it.
  public func tree<H>(_ hole: H.Type = H.self) -> Tree<H> {
    switch content {
    case .sequence(let items): .sequence(items.map { $0.tree() })
    case .mapping(let pairs): .mapping(pairs.map { Tree.Entry($0.key, $0.value.tree()) })
    case .scalar(let text, isPlain: false): .text(Text(text))
    case .scalar(let text, isPlain: true):
      switch PlainScalar(text) {
      case .null: .null
      case .boolean(let value): .boolean(.known(value))
      case .integer(let value): .integer(.known(value))
      // `1.0` may be the value of a label: as a number it would lose its zero.
      case .decimal(let value) where spelledNumber(value) == text: .number(.known(value))
      case .decimal, .hugeInteger, .doubtfulBoolean, .doubtfulNumber, .date, .text: .text(Text(text))
      }
    }
  }
}
