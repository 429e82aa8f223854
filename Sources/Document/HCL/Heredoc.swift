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
  let margin = mayIndent ? String(repeating: "  ", count: depth + 1) : ""
  var pieces = Text<Never>()
  for line in lines {
    // A line of blanks keeps them all.
    if !line.isBlank { pieces.append(margin) }
    pieces.append(line.text)
    pieces.append("\n")
  }
  pieces.append((mayIndent ? String(repeating: "  ", count: depth) : "") + delimiter)
  return Heredoc(opening: Text(mayIndent ? "<<-\(delimiter)" : "<<\(delimiter)"), rest: pieces)
}

private struct Line {
  var text: Text<Never>

  private var bytes: some Sequence<UInt8> { text.string.utf8 }
  var isBlank: Bool { bytes.allSatisfy { $0 == UInt8(ascii: " ") } }
  var startsWithSpace: Bool { bytes.first { _ in true } == UInt8(ascii: " ") }
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
  let words = Set(lines.map { line in line.text.string.filter { $0 != " " } })
  var delimiter = "EOT"
  while words.contains(delimiter) { delimiter += "_" }
  return delimiter
}
