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
  fileprivate var first: UInt8? { onlyLiteral?.utf8.first ?? pieces.first.flatMap { $0.string.utf8.first } }
  fileprivate var last: UInt8? { onlyLiteral?.utf8.last ?? pieces.last.flatMap { $0.string.utf8.last } }
}

/// Most texts are one literal or one interpolation, or take turns in them already.
private func areMerged(_ parts: [Expression.Part]) -> Bool {
  var isAfterLiteral = false
  for part in parts {
    switch part {
    case .interpolation(.template): return false
    case .interpolation: isAfterLiteral = false
    case .literal(let literal):
      if isAfterLiteral || literal.isEmpty { return false }
      isAfterLiteral = true
    }
  }
  return true
}

/// The parts with templates inside templates opened and neighbouring literals joined.
func merged(_ parts: [Expression.Part]) -> [Expression.Part] {
  if areMerged(parts) { return parts }
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
