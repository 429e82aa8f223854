struct Heredoc {
  /// `<<-EOT`
  var opening: Text<Never>
  /// The lines and the closing delimiter.
  var rest: Text<Never>
}

extension Expression {
  /// Whether the string is better read in lines.
  var isHeredoc: Bool { heredocParts != nil }

  /// The parts of a text of whole lines that a heredoc can hold.
  fileprivate var heredocParts: [Part]? {
    guard case .template(let raw) = untraced else { return nil }
    let parts = merged(raw)
    guard case .literal(let last) = parts.last, last.utf8.last == UInt8(ascii: "\n") else { return nil }
    for case .literal(let literal) in parts where !fitsHeredoc(literal) { return nil }
    return parts
  }
}

/// The string as a heredoc with its lines at `depth` and one step more, where it is a text of whole lines.
func heredoc(_ expression: Expression, depth: Int) -> Heredoc? {
  guard let parts = expression.heredocParts else { return nil }
  var text = Text<Never>()
  spellParts(parts, escapedBy: escapedForHeredoc, into: &text)
  // Slots hold no line ends: an interpolation is on one line.
  let lines = split(text)
  let delimiter = unusedDelimiter(lines)
  // HCL strips the indentation that all lines share, so one of them must have none of its own; else it would take more.
  let mayIndent = lines.contains { !$0.isBlank && !$0.startsWithSpace }
  var rest = TextBuilder<Never>()
  for line in lines {
    // A line of blanks keeps them all.
    if mayIndent, !line.isBlank { rest.append(spaces: 2 * depth + 2) }
    rest.append(line.text)
    rest.append("\n")
  }
  if mayIndent { rest.append(spaces: 2 * depth) }
  rest.append(delimiter)
  return Heredoc(opening: Text(mayIndent ? "<<-\(delimiter)" : "<<\(delimiter)"), rest: rest.finish())
}

private struct Line {
  var text: Text<Never>

  var isBlank: Bool { text.pieces.allSatisfy { $0.string.utf8.allSatisfy { $0 == UInt8(ascii: " ") } } }
  var startsWithSpace: Bool { text.pieces.first?.string.utf8.first == UInt8(ascii: " ") }
}

extension Line {
  /// Whether it is the word, with or without blanks around.
  fileprivate func consists(of word: String) -> Bool {
    guard text.pieces.count == 1, case .literal(let literal) = text.pieces[0] else { return false }
    return literal.utf8.filter { $0 != UInt8(ascii: " ") }.elementsEqual(word.utf8)
  }
}

private func split(_ text: Text<Never>) -> [Line] {
  var lines: [Line] = []
  var current = Text<Never>()
  for piece in text.pieces {
    switch piece {
    case .slot: current.append(Text(pieces: [piece]))
    case .literal(let literal):
      var rest = literal[...]
      while let end = rest.utf8.firstIndex(of: UInt8(ascii: "\n")) {
        current.append(String(rest[..<end]))
        lines.append(Line(text: current))
        current = Text()
        rest = rest[rest.utf8.index(after: end)...]
      }
      current.append(String(rest))
    }
  }
  return lines
}

private func unusedDelimiter(_ lines: [Line]) -> String {
  var delimiter = "EOT"
  while lines.contains(where: { $0.consists(of: delimiter) }) { delimiter += "_" }
  return delimiter
}
