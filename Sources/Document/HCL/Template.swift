/// The parts of a template, each interpolation spelled, without its quotes.
func spellParts(_ parts: [Expression.Part], escapedBy escape: (String) -> String, into text: inout Text<Never>) {
  for (index, part) in parts.enumerated() {
    switch part {
    case .literal(let literal):
      // Marks right before an interpolation would escape it.
      let marks = index + 1 < parts.count ? literal.utf8.reversed().prefix { $0 == 0x24 || $0 == 0x25 }.count : 0
      text.append(escape(String(literal.dropLast(marks))))
      if marks > 0 { text.append("${\"\(literal.suffix(marks))\"}") }
    case .interpolation(let expression):
      let spelled = expression.spelledInside
      text.append(spelled.first == UInt8(ascii: "{") ? "${ " : "${")
      text.append(spelled)
      text.append(spelled.last == UInt8(ascii: "}") ? " }" : "}")
    }
  }
}

extension Text where H == Never {
  fileprivate var first: UInt8? { pieces.first.flatMap { $0.string.utf8.first } }
  fileprivate var last: UInt8? { pieces.last.flatMap { $0.string.utf8.last } }
}

/// The parts with templates inside templates opened and neighbouring literals joined.
func merged(_ parts: [Expression.Part]) -> [Expression.Part] {
  var result: [Expression.Part] = []
  for part in parts {
    switch part {
    case .interpolation(.template(let inner)): result += inner
    default: result.append(part)
    }
  }
  return result.reduce(into: []) { joined, part in
    if case .literal(let literal) = part {
      if literal.isEmpty { return }
      if case .literal(let last) = joined.last {
        joined[joined.count - 1] = .literal(last + literal)
        return
      }
    }
    joined.append(part)
  }
}
