// How an expression is written on one line, as `terraform fmt` spaces it.
extension Expression {
  /// The expression on one line, with a slot where a setting's value stands.
  var spelled: Text<Never> {
    var text = Text<Never>()
    spell(into: &text)
    return text
  }

  /// The same where a minus must not come first.
  var spelledInside: Text<Never> {
    var text = Text<Never>()
    spell(into: &text, inside: .alternative)
    return text
  }

  func spell(into text: inout Text<Never>) {
    switch self {
    case .reference(let path, _): text.append(path)
    case .null: text.append("null")
    case .boolean(let value): text.append(value ? "true" : "false")
    case .integer(let value): text.append(String(value))
    case .number(let value): text.append(spelledNumber(value))
    case .template(let parts): spellTemplate(parts, into: &text)
    case .unary(let operation, let operand):
      text.append(operation.rawValue)
      operand.spell(into: &text, inside: .operand)
    case .binary(let left, let operation, let right):
      left.spell(into: &text, inside: Binding(operation.precedence))
      text.append(" \(operation.rawValue) ")
      right.spell(into: &text, inside: Binding(operation.precedence + 1))
    case .conditional(let condition, let consequence, let alternative):
      condition.spell(into: &text, inside: .condition)
      text.append(" ? ")
      consequence.spell(into: &text, inside: .condition)
      text.append(" : ")
      alternative.spell(into: &text, inside: .alternative)
    case .call(let name, let arguments):
      text.append(name + "(")
      spell(arguments, into: &text)
      text.append(")")
    case .index(let collection, let key):
      collection.spell(into: &text, inside: .primary)
      text.append("[")
      key.spell(into: &text)
      text.append("]")
    case .list(let elements):
      text.append("[")
      spell(elements, into: &text)
      text.append("]")
    case .object(let fields): spellObject(fields, into: &text)
    case .forList(let each, let collection, let value):
      text.append("[for \(each.joined(separator: ", ")) in ")
      collection.spell(into: &text, inside: .alternative)
      text.append(" : ")
      value.spell(into: &text, inside: .alternative)
      text.append("]")
    case .forObject(let each, let collection, let key, let value):
      text.append("{ for \(each.joined(separator: ", ")) in ")
      collection.spell(into: &text, inside: .alternative)
      text.append(" : ")
      key.spell(into: &text, inside: .alternative)
      text.append(" => ")
      value.spell(into: &text, inside: .alternative)
      text.append(" }")
    case .traced(let inner, let origins):
      text.append(Text(.known(inner.spelled.string, from: origins), .verbatim))
    }
  }

  private func spell(_ list: [Expression], into text: inout Text<Never>) {
    for (index, element) in list.enumerated() {
      if index > 0 { text.append(", ") }
      element.spell(into: &text)
    }
  }

  private func spellObject(_ fields: [Field], into text: inout Text<Never>) {
    if fields.isEmpty { return text.append("{}") }
    text.append("{ ")
    for (index, field) in fields.enumerated() {
      if index > 0 { text.append(", ") }
      text.append(spelledKey(field.key) + " = ")
      field.value.spell(into: &text)
    }
    text.append(" }")
  }

  private func spellTemplate(_ parts: [Part], into text: inout Text<Never>) {
    let parts = merged(parts)
    // "${x}" is x, and `terraform fmt` says so.
    if parts.count == 1, case .interpolation(let only) = parts[0] { return only.spell(into: &text) }
    text.append("\"")
    spellParts(parts, escapedBy: escapedForHCL, into: &text)
    text.append("\"")
  }

  // How tightly the place for an expression binds.
  private struct Binding {
    let precedence: Int

    init(_ precedence: Int) { self.precedence = precedence }

    static let alternative = Binding(0)
    static let condition = Binding(1)
    static let operand = Binding(7)
    static let primary = Binding(8)
  }

  private var precedence: Int {
    switch self {
    case .conditional: 0
    case .binary(_, let operation, _): operation.precedence
    // A minus goes between parentheses wherever it isn't the first: the formatter takes it for a subtraction.
    case .unary(let operation, _): operation == .not ? 7 : -1
    case .integer(let value): value < 0 ? -1 : 8
    case .number(let value): value < 0 ? -1 : 8
    case .traced(let inner, _): inner.precedence
    case .template(let parts):
      if parts.count == 1, case .interpolation(let only) = parts[0] { only.precedence } else { 8 }
    default: 8
    }
  }

  private func spell(into text: inout Text<Never>, inside place: Binding) {
    if precedence >= place.precedence { return spell(into: &text) }
    text.append("(")
    spell(into: &text)
    text.append(")")
  }
}

func spelledKey(_ key: String) -> String {
  let isName =
    key.utf8.first.map { isLetter($0) } == true
    && key.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
  return isName && !["for", "true", "false", "null", "if", "in"].contains(key) ? key : quotedAsHCL(key)
}

private func isLetter(_ byte: UInt8) -> Bool {
  (0x61...0x7a).contains(byte) || (0x41...0x5a).contains(byte) || byte == UInt8(ascii: "_")
}
