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
  let lines = HeredocLines(text)
  let delimiter = lines.unusedDelimiter
  var rest = TextBuilder<Never>()
  var number = 0
  var isAtLineStart = true
  func indent() {
    // A line of blanks keeps them all.
    if isAtLineStart, lines.mayIndent, !lines.areBlank[number] { rest.append(spaces: 2 * depth + 2) }
    isAtLineStart = false
  }
  text.forEachPiece { piece in
    switch piece {
    case .slot(let term, let characters):
      indent()
      rest.append(term, characters)
    case .literal(let literal):
      literal.forEachLine { line, isEnded in
        if !line.isEmpty { indent() }
        rest.append(line)
        if !isEnded { return }
        rest.append("\n")
        number += 1
        isAtLineStart = true
      }
    }
  }
  if lines.mayIndent { rest.append(spaces: 2 * depth) }
  rest.append(delimiter)
  return Heredoc(opening: Text(lines.mayIndent ? "<<-\(delimiter)" : "<<\(delimiter)"), rest: rest.finish())
}

/// What decides how a heredoc holds a text of whole lines. Slots hold no line ends: an interpolation is on one line.
private struct HeredocLines {
  /// For each line whether it has blanks at most.
  private(set) var areBlank: [Bool] = []
  /// HCL strips the indentation that all lines share, so one of them must have none of its own; else it would take more.
  private(set) var mayIndent = false
  /// The lines that a reader may take for the end, without their blanks.
  private var likeDelimiter: Set<String> = []

  private static let delimiter = "EOT"

  // The line so far.
  private var isBlank = true
  private var startsWithSpace: Bool?
  private var hasSlot = false

  init(_ text: Text<Never>) {
    text.forEachPiece { piece in
      switch piece {
      case .slot(let term, _):
        take(Array(term.value.utf8)[...])
        hasSlot = true
      case .literal(let literal):
        literal.forEachLine { line, isEnded in
          take(line)
          if isEnded { end(line) }
        }
      }
    }
  }

  private mutating func take(_ bytes: ArraySlice<UInt8>) {
    guard let first = bytes.first else { return }
    let space = UInt8(ascii: " ")
    if startsWithSpace == nil { startsWithSpace = first == space }
    if isBlank, first != space || !bytes.allSatisfy({ $0 == space }) { isBlank = false }
  }

  /// - Parameter line: all of the line, or its end behind a slot.
  private mutating func end(_ line: ArraySlice<UInt8>) {
    areBlank.append(isBlank)
    if !isBlank, startsWithSpace == false { mayIndent = true }
    // An end has no slot in it.
    let space = UInt8(ascii: " ")
    if !hasSlot, !isBlank, line.first(where: { $0 != space }) == HeredocLines.delimiter.utf8.first {
      let word = String(decoding: line.filter { $0 != space }, as: UTF8.self)
      if word.hasPrefix(HeredocLines.delimiter) { likeDelimiter.insert(word) }
    }
    isBlank = true
    startsWithSpace = nil
    hasSlot = false
  }

  var unusedDelimiter: String {
    var delimiter = HeredocLines.delimiter
    while likeDelimiter.contains(delimiter) { delimiter += "_" }
    return delimiter
  }
}
