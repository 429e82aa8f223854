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
    // Most texts are one line, which need not be put together to be known as such.
    if case .literal(let last) = raw.last, let end = last.utf8.last, end != UInt8(ascii: "\n") { return nil }
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
  let lines = splitLines(text)
  let delimiter = unusedDelimiter(lines)
  // HCL strips the indentation that all lines share, so one of them must have none of its own; else it would take more.
  let mayIndent = lines.contains { !$0.isBlank && !$0.startsWithSpace }
  var rest = TextBuilder<Never>()
  for line in lines {
    // A line of blanks keeps them all.
    if mayIndent, !line.isBlank { rest.append(spaces: 2 * depth + 2) }
    for part in line.parts {
      switch part {
      case .literal(let bytes): rest.append(bytes)
      case .slot(let term, let characters): rest.append(term, characters)
      }
    }
    rest.append("\n")
  }
  if mayIndent { rest.append(spaces: 2 * depth) }
  rest.append(delimiter)
  return Heredoc(opening: Text(mayIndent ? "<<-\(delimiter)" : "<<\(delimiter)"), rest: rest.finish())
}

/// A line in pieces, whose literals are parts of the text's.
private struct Line {
  enum Part {
    case literal(ArraySlice<UInt8>)
    case slot(Term<String, Never>, SlotCharacters)

    var bytes: ArraySlice<UInt8> {
      switch self {
      case .literal(let bytes): bytes
      case .slot(let term, _): Array(term.value.utf8)[...]
      }
    }
  }

  var parts: [Part] = []

  var isBlank: Bool { parts.allSatisfy { $0.bytes.allSatisfy { $0 == UInt8(ascii: " ") } } }
  var startsWithSpace: Bool { parts.first?.bytes.first == UInt8(ascii: " ") }

  /// Whether it is the word, with or without blanks around.
  func consists(of word: String) -> Bool {
    guard parts.count == 1, case .literal(let literal) = parts[0] else { return false }
    return literal.lazy.filter { $0 != UInt8(ascii: " ") }.elementsEqual(word.utf8)
  }
}

private func splitLines(_ text: Text<Never>) -> [Line] {
  var lines: [Line] = []
  var current = Line()
  for piece in text.pieces {
    switch piece {
    case .slot(let term, let characters): current.parts.append(.slot(term, characters))
    case .literal(let literal):
      var rest = Array(literal.utf8)[...]
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        if end > rest.startIndex { current.parts.append(.literal(rest[..<end])) }
        lines.append(current)
        current = Line()
        rest = rest[(end + 1)...]
      }
      if !rest.isEmpty { current.parts.append(.literal(rest)) }
    }
  }
  return lines
}

private func unusedDelimiter(_ lines: [Line]) -> String {
  var delimiter = "EOT"
  while lines.contains(where: { $0.consists(of: delimiter) }) { delimiter += "_" }
  return delimiter
}
