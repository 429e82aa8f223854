/// Walks a tree and writes its lines: collections here, scalars in `YAMLPrinter+Scalars`.
struct YAMLPrinter<H: Hole> {
  /// Whether a value on a line of its own names the settings it came from.
  var namesOrigins = true
  var output = TextBuilder<H>()

  /// Columns by which a collection stands to the right of what holds it.
  static var step: Int { 2 }

  /// Readers look for the colon of `key: value` within 1,024 characters (YAML 1.2.2, 7.4.2), of which an escape takes up
  /// to six for a byte and the quotes two.
  private static var longestImplicitKeyInBytes: Int { (1024 - 2) / 6 }

  mutating func printRoot(_ tree: Tree<H>) {
    switch tree {
    case .mapping(let entries) where !entries.isEmpty: printMapping(entries, indent: 0, continuesLine: false)
    case .sequence(let items) where !items.isEmpty: printSequence(items, indent: 0, continuesLine: false)
    default: printScalar(tree, blockIndent: YAMLPrinter.step, isRoot: true)
    }
  }

  /// The entries, each on a line of its own; the first one on the line already begun where `continuesLine`, in which case
  /// its comment has been printed too.
  private mutating func printMapping(_ entries: [Tree<H>.Entry], indent: Int, continuesLine: Bool) {
    for (index, entry) in entries.enumerated() {
      if index > 0 || !continuesLine {
        if let comment = entry.comment { printComment([comment], indent: indent) }
        output.append(spaces: indent)
      }
      printKey(entry.key, indent: indent)
      switch entry.value {
      case .mapping(let entries) where !entries.isEmpty:
        output.append("\n")
        printMapping(entries, indent: indent + YAMLPrinter.step, continuesLine: false)
      case .sequence(let items) where !items.isEmpty:
        output.append("\n")
        printSequence(items, indent: indent + YAMLPrinter.step, continuesLine: false)
      default:
        output.append(" ")
        printScalar(entry.value, blockIndent: indent + YAMLPrinter.step)
      }
    }
  }

  private mutating func printSequence(_ items: [Tree<H>], indent: Int, continuesLine: Bool) {
    for (index, item) in items.enumerated() {
      if index > 0 || !continuesLine {
        if let comment = item.commentBeforeFirstLine { printComment([comment], indent: indent) }
        output.append(spaces: indent)
      }
      output.append("- ")
      switch item {
      case .mapping(let entries) where !entries.isEmpty:
        printMapping(entries, indent: indent + YAMLPrinter.step, continuesLine: true)
      case .sequence(let items) where !items.isEmpty:
        printSequence(items, indent: indent + YAMLPrinter.step, continuesLine: true)
      default: printScalar(item, blockIndent: indent + YAMLPrinter.step)
      }
    }
  }

  /// The key with its colon; a very long one as an explicit key, with the colon on the next line.
  private mutating func printKey(_ key: String, indent: Int) {
    let text = Text<H>(key)
    let style = ScalarStyle(text, allowsBlock: false)
    let isExplicit = key.utf8.count > YAMLPrinter.longestImplicitKeyInBytes
    if isExplicit { output.append("? ") }
    printText(text, style, blockIndent: 0)
    if isExplicit {
      output.append("\n")
      output.append(spaces: indent)
    }
    output.append(":")
  }
}

extension Tree {
  /// The remark that stands above the line on which the tree begins, when it begins on the line of a dash.
  fileprivate var commentBeforeFirstLine: String? {
    switch self {
    case .mapping(let entries): entries.first?.comment
    case .sequence(let items): items.first?.commentBeforeFirstLine
    default: nil
    }
  }
}
