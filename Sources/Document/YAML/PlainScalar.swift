/// Whether a text of one line without tabs can stand without quotes: every reader, of YAML 1.1 or 1.2, takes it for
/// this string, whatever the values of its slots. Errs on the side of quotes.
///
/// Sources: yaml.org/spec/1.2.2 7.3.3 (plain style) and 10.2.2 (core schema); yaml.org/type (the types of 1.1:
/// `yes`, `1:30`, `0b1`, `1_000`, dates, `=`, `<<`).
func isPlainInEveryYAML<H>(_ text: Text<H>) -> Bool {
  var shape: [UInt8] = []
  var hasOtherSlot = false
  text.forEachPiece { piece in
    switch piece {
    case .literal(let literal): shape.append(contentsOf: literal.utf8)
    case .slot(_, .number): shape.append(numberMark)
    case .slot(_, .word): shape.append(wordMark)
    case .slot: hasOtherSlot = true
    }
  }
  if hasOtherSlot { return false }
  if shape == [wordMark] { return true }
  guard let first = shape.first, shape.allSatisfy({ $0 < 0x7f }), !breaksPlainStyle(shape) else { return false }
  switch first {
  case numberMark, wordMark: return shape.contains(where: isForeignToNumbers)
  case _ where isASCIIDigit(first): return shape.contains(where: isForeignToNumbers)
  case UInt8(ascii: "-"):
    let option = shape.dropFirst(shape.starts(with: "--".utf8) ? 2 : 1)
    return option.first.map(isASCIILetter) == true
  case _ where isASCIILetter(first):
    return shape.count > longestWordOfOtherTypes
      || !wordsOfOtherTypes.contains(String(decoding: shape, as: UTF8.self).lowercased())
  default: return "/_($".utf8.contains(first)
  }
}

/// Whether the text is one long word of letters, digits and marks that mean nothing to YAML: most keys are, and need no
/// further look.
func isEvidentlyPlain<H>(_ text: Text<H>) -> Bool {
  guard let literal = text.onlyLiteral else { return false }
  let bytes = literal.utf8
  return bytes.count > longestWordOfOtherTypes && bytes.first.map(isASCIILetter) == true
    && literal.allBytes { isASCIILetterOrDigit($0) || $0 >= 0x2d && $0 <= 0x2f || $0 == 0x5f }
}

// Literals of a plain scalar have no control characters, so these can't be confused with any.
private let numberMark: UInt8 = 0x01
private let wordMark: UInt8 = 0x02

/// What YAML 1.1 takes for a boolean or a null, in any case of its letters.
private let wordsOfOtherTypes = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
private let longestWordOfOtherTypes = 5

private func breaksPlainStyle(_ shape: [UInt8]) -> Bool {
  let space = UInt8(ascii: " ")
  let colon = UInt8(ascii: ":")
  if shape.last == space || shape.last == colon { return true }
  return zip(shape, shape.dropFirst()).contains { left, right in
    left == colon && right == space || left == space && right == UInt8(ascii: "#")
  }
}

/// Whether a byte occurs in no number, date or time of any YAML, so that a text with it is a string.
private func isForeignToNumbers(_ byte: UInt8) -> Bool {
  if isASCIILetter(byte) { return !"abcdefotxz".utf8.contains(byte | 0x20) }
  return !isASCIIDigit(byte) && byte > wordMark && !"+-.:_ ".utf8.contains(byte)
}
