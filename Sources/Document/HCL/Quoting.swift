/// A string as a quoted HCL template, quotes included: nothing in it is a template sequence.
///
/// Source: HCL native syntax specification, "Template Expressions".
public func quotedAsHCL(_ string: String) -> String { "\"" + escapedForHCL(string) + "\"" }

func escapedForHCL(_ string: String) -> String {
  if string.allBytes(isPlainInHCL) { return string }
  var result: [UInt8] = []
  result.reserveCapacity(string.utf8.count + 8)
  var last: Unicode.Scalar?
  for scalar in string.unicodeScalars {
    switch scalar {
    case "\"": result.append(contentsOf: "\\\"".utf8)
    case "\\": result.append(contentsOf: "\\\\".utf8)
    case "\n": result.append(contentsOf: "\\n".utf8)
    case "\r": result.append(contentsOf: "\\r".utf8)
    case "\t": result.append(contentsOf: "\\t".utf8)
    case "{" where last == "$" || last == "%":
      // "${" is written "$${": the mark once more, then the brace.
      result.append(contentsOf: (last ?? scalar).utf8)
      result.append(UInt8(ascii: "{"))
    case _ where scalar.value < 0x20 || scalar.value == 0x7f: result.append(contentsOf: unicodeEscape(scalar).utf8)
    // Line separators, and marks that are zero wide or reorder text: legal as they are, but a reader can't see them.
    case "\u{85}", "\u{200b}"..."\u{200f}", "\u{2028}"..."\u{202e}", "\u{2066}"..."\u{2069}", "\u{feff}":
      result.append(contentsOf: unicodeEscape(scalar).utf8)
    case _ where scalar.isASCII: result.append(UInt8(ascii: scalar))
    default: result.append(contentsOf: scalar.utf8)
    }
    last = scalar
  }
  return String(decoding: result, as: UTF8.self)
}

/// Most strings have nothing to escape.
private func isPlainInHCL(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "{"): false
  default: byte >= 0x20 && byte < 0x7f
  }
}

/// A string in a heredoc, where the backslash is an ordinary character.
func escapedForHeredoc(_ string: String) -> String {
  replacing("%{", in: replacing("${", in: string, with: "$${"), with: "%%{")
}

/// Whether a heredoc can hold the string: its lines are read as they are, so control characters can't be spelled, nor a
/// carriage return kept.
func fitsHeredoc(_ string: String) -> Bool {
  let newline = UInt8(ascii: "\n")
  if string.allBytes({ $0 >= 0x20 && $0 < 0x7f || $0 == newline }) { return true }
  return string.unicodeScalars.allSatisfy { ($0.value >= 0x20 && $0.value != 0x7f || $0 == "\n") && !isUnseen($0) }
}

/// Blanks that HCL counts as indentation, and others that an editor may change.
private func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "\u{85}", "\u{a0}", "\u{1680}", "\u{2000}"..."\u{200f}", "\u{2028}"..."\u{202f}", "\u{205f}"..."\u{2069}",
    "\u{3000}", "\u{feff}":
    true
  default: false
  }
}

private func unicodeEscape(_ scalar: Unicode.Scalar) -> String {
  let digits = String(scalar.value, radix: 16)
  return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
}
