extension YAMLPrinter {
  /// The scalar and the rest of its line. Lines of a block literal begin at column `blockIndent`.
  mutating func printScalar(_ scalar: Tree<H>, blockIndent: Int, isRoot: Bool = false) {
    switch scalar {
    case .mapping: output.append("{}\n")
    case .sequence: output.append("[]\n")
    case .null: output.append("null\n")
    case .integer(let term): printNumber(Text(term))
    case .number(let term): printNumber(Text(term))
    case .boolean(let term): printNumber(Text(term))
    case .text(let text):
      let style = ScalarStyle(text, allowsBlock: true, isRoot: isRoot)
      printText(text, style, blockIndent: blockIndent)
      if case .block = style { return }
      endLine(naming: text.origins)
    }
  }

  private mutating func printNumber(_ number: Text<H>) {
    output.append(number)
    endLine(naming: number.origins)
  }

  private mutating func endLine(naming origins: Origins) {
    if namesOrigins, !origins.isEmpty {
      output.append("  # ")
      output.append(commentText(origins.names.joined(separator: ", ")))
    }
    output.append("\n")
  }

  mutating func printText(_ text: Text<H>, _ style: ScalarStyle, blockIndent: Int) {
    switch style {
    case .plain: printPieces(of: text) { $0 }
    case .doubleQuoted:
      output.append("\"")
      printPieces(of: text) { $0 }
      output.append("\"")
    case .singleQuoted:
      output.append("'")
      printPieces(of: text) { replacing("'", in: $0, with: "''") }
      output.append("'")
    case .json: appendJSONString(text, to: &output)
    case .block(let indicator, let chomping):
      output.append("|")
      if indicator { output.append(String(YAMLPrinter.step)) }
      output.append(chomping.rawValue)
      output.append("\n")
      printBlockLines(of: text, indent: blockIndent)
      if chomping == .strip { output.append("\n") }
    }
  }

  private mutating func printPieces(of text: Text<H>, spelling: (String) -> String) {
    text.forEachPiece { piece in
      switch piece {
      case .literal(let literal): output.append(spelling(literal))
      case .slot(let term, let characters): output.append(term.checked(characters), characters)
      }
    }
  }

  /// The text's lines moved to the right; an empty line stays empty.
  private mutating func printBlockLines(of text: Text<H>, indent: Int) {
    var isAtLineStart = true
    text.forEachPiece { piece in
      switch piece {
      case .slot(let term, let characters):
        if isAtLineStart { output.append(spaces: indent) }
        output.append(term.checked(characters), characters)
        isAtLineStart = false
      case .literal(let literal):
        literal.forEachLine { line, isEnded in
          if isAtLineStart, !line.isEmpty { output.append(spaces: indent) }
          output.append(line)
          isAtLineStart = isEnded
          if isEnded { output.append("\n") }
        }
      }
    }
  }
}
