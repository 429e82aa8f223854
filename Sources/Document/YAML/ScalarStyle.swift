/// How YAML spells one text.
enum ScalarStyle: Hashable {
  /// What a block literal does with the line break after its last line.
  enum Chomping: String { case clip = "", strip = "-" }

  case plain
  /// Between double quotes, with nothing that needs an escape.
  case doubleQuoted
  /// Between single quotes: for texts with double quotes or backslashes.
  case singleQuoted
  /// A JSON string, which is a YAML double-quoted scalar: holds every text and needs no care for its slots.
  case json
  /// A literal block; the indicator gives its indentation where the first line's own spaces would hide it.
  case block(hasIndentationIndicator: Bool, Chomping)

  /// A block literal at the root can't have an indentation indicator that all readers understand alike, so such a text
  /// is quoted there.
  init<H>(_ text: Text<H>, allowsBlock: Bool, isRoot: Bool = false) {
    if isEvidentlyPlain(text) {
      self = .plain
      return
    }
    let literals = LiteralScan(text)
    if text.contains(.arbitrary) || literals.hasUnprintable {
      self = .json
    } else if literals.hasLineBreak {
      let block = allowsBlock ? ScalarStyle.block(for: text) : nil
      self =
        switch block {
        case .block(hasIndentationIndicator: true, _) where isRoot: .json
        case .some(let block): block
        case .none: .json
        }
    } else if text.contains(.verbatim) || literals.hasTab {
      self = .json
    } else if isPlainInEveryYAML(text) {
      self = .plain
    } else {
      self = literals.hasQuoteOrBackslash ? .singleQuoted : .doubleQuoted
    }
  }

  /// `nil` for texts whose end a block literal could spell only with `|+`, which depends on what follows, or not at all.
  private static func block<H>(for text: Text<H>) -> ScalarStyle? {
    let newline = UInt8(ascii: "\n")
    let pieces = text.pieces
    var hasIndicator = false
    search: for piece in pieces {
      switch piece {
      case .slot: break search
      case .literal(let literal):
        guard let first = literal.utf8.first(where: { $0 != newline }) else { continue }
        hasIndicator = isBlank(first)
        break search
      }
    }
    guard case .literal(let ending) = pieces.last else {
      return .block(hasIndentationIndicator: hasIndicator, .strip)
    }
    let endsLine = ending.utf8.last == newline
    let lastLine = (endsLine ? ending.utf8.dropLast() : ending.utf8[...]).reversed().prefix { $0 != newline }
    let isSlotBefore = pieces.count > 1 && lastLine.count == ending.utf8.count - (endsLine ? 1 : 0)
    guard isSlotBefore || !lastLine.allSatisfy(isBlank) else { return nil }
    return .block(hasIndentationIndicator: hasIndicator, endsLine ? .clip : .strip)
  }
}

/// What the literals of a text contain, of what decides on its style.
struct LiteralScan {
  private(set) var hasUnprintable = false
  private(set) var hasLineBreak = false
  private(set) var hasTab = false
  private(set) var hasQuoteOrBackslash = false

  init<H>(_ text: Text<H>) {
    text.forEachPiece { if case .literal(let literal) = $0 { scan(literal) } }
  }

  private mutating func scan(_ literal: String) {
    var isASCII = true
    _ = literal.allBytes { byte in
      switch byte {
      case 0x0a: hasLineBreak = true
      case 0x09: hasTab = true
      case 0x22, 0x5c: hasQuoteOrBackslash = true
      case 0x20..<0x7f: break
      case 0x80...: isASCII = false
      default: hasUnprintable = true
      }
      return true
    }
    if isASCII { return }
    for scalar in literal.unicodeScalars where !scalar.isASCII && !isPrintableInYAML(scalar) { hasUnprintable = true }
  }
}

/// Whether the scalar stands for itself between quotes and in comments: printable by YAML's `c-printable`, no line break
/// to either version (1.1 breaks lines at U+0085, U+2028 and U+2029), and no byte order mark.
func isPrintableInYAML(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x2028, 0x2029, 0xfeff: false
  case 0x20..<0x7f, 0xa0...0xfffd, 0x1_0000...: true
  default: false
  }
}
