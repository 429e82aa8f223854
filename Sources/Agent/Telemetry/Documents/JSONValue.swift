/// A JSON value to be written (RFC 8259). Members keep their order; whole numbers are exact.
package indirect enum JSONValue: Hashable, Sendable {
  case object([JSONMember])
  case array([JSONValue])
  case string(String)
  case unsigned(UInt64)
  case integer(Int64)
  /// Given in thousandths, written in wholes, exactly: 1500 is `1.5`.
  case thousandths(Int64)
  case boolean(Bool)
  case null
}

/// A name and its value in an object.
package struct JSONMember: Hashable, Sendable {
  package let name: String
  package let value: JSONValue

  package init(_ name: String, _ value: JSONValue) {
    self.name = name
    self.value = value
  }
}

extension JSONValue {
  static func object(_ members: (String, JSONValue)...) -> JSONValue {
    .object(members.map { JSONMember($0.0, $0.1) })
  }

  static func optional<Value>(_ value: Value?, _ write: (Value) -> JSONValue) -> JSONValue {
    value.map(write) ?? .null
  }

  /// On one line, without spaces.
  package var compact: String {
    var output = ""
    write(to: &output, indent: nil)
    return output
  }

  /// Two spaces a level, ending with a line break.
  package var indented: String {
    var output = ""
    write(to: &output, indent: 0)
    return output + "\n"
  }

  private func write(to output: inout String, indent: Int?) {
    switch self {
    case .object(let members):
      Self.write(members, between: "{", and: "}", to: &output, indent: indent) { member, output, indent in
        Self.write(quoting: member.name, to: &output)
        output += indent == nil ? ":" : ": "
        member.value.write(to: &output, indent: indent)
      }
    case .array(let values):
      Self.write(values, between: "[", and: "]", to: &output, indent: indent) { value, output, indent in
        value.write(to: &output, indent: indent)
      }
    case .string(let text): Self.write(quoting: text, to: &output)
    case .unsigned(let number): output += String(number)
    case .integer(let number): output += String(number)
    case .thousandths(let number): output += decimal(number, fractionDigits: 3)
    case .boolean(let flag): output += flag ? "true" : "false"
    case .null: output += "null"
    }
  }

  private static func write<Item>(
    _ items: [Item],
    between opening: String,
    and closing: String,
    to output: inout String,
    indent: Int?,
    item writeItem: (Item, inout String, Int?) -> Void
  ) {
    let inner = indent.map { $0 + 2 }
    output += opening
    for (index, item) in items.enumerated() {
      if index > 0 { output += "," }
      if let inner { output += "\n" + String(repeating: " ", count: inner) }
      writeItem(item, &output, inner)
    }
    if let indent, !items.isEmpty { output += "\n" + String(repeating: " ", count: indent) }
    output += closing
  }

  private static func write(quoting text: String, to output: inout String) {
    output += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\r": output += "\\r"
      case "\t": output += "\\t"
      // Terminals obey the control characters beyond ASCII, too.
      case _ where scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value):
        let hexadecimal = String(scalar.value, radix: 16)
        output += "\\u" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
      default: output.unicodeScalars.append(scalar)
      }
    }
    output += "\""
  }
}
