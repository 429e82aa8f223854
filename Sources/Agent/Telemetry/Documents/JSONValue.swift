/// A JSON value to be written (RFC 8259). Members keep their order; whole numbers are exact.
public indirect enum JSONValue: Hashable, Sendable {
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
public struct JSONMember: Hashable, Sendable {
  public let name: String
  public let value: JSONValue

  public init(_ name: String, _ value: JSONValue) {
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
  public var compact: String { String(decoding: bytes(indent: nil), as: UTF8.self) }

  /// Two spaces a level, ending with a line break.
  public var indented: String { String(decoding: bytes(indent: 0), as: UTF8.self) + "\n" }

  private func bytes(indent: Int?) -> [UInt8] {
    var output: [UInt8] = []
    write(to: &output, indent: indent)
    return output
  }

  private func write(to output: inout [UInt8], indent: Int?) {
    switch self {
    case .object(let members):
      Self.write(members, between: "{", and: "}", to: &output, indent: indent) { member, output, indent in
        Self.write(quoting: member.name, to: &output)
        output.append(UInt8(ascii: ":"))
        if indent != nil { output.append(UInt8(ascii: " ")) }
        member.value.write(to: &output, indent: indent)
      }
    case .array(let values):
      Self.write(values, between: "[", and: "]", to: &output, indent: indent) { value, output, indent in
        value.write(to: &output, indent: indent)
      }
    case .string(let text): Self.write(quoting: text, to: &output)
    case .unsigned(let number): output += String(number).utf8
    case .integer(let number): output += String(number).utf8
    case .thousandths(let number): output += decimal(number, fractionDigits: 3).utf8
    case .boolean(let flag): output += (flag ? "true" : "false").utf8
    case .null: output += "null".utf8
    }
  }

  private static func write<Item>(
    _ items: [Item],
    between opening: Unicode.Scalar,
    and closing: Unicode.Scalar,
    to output: inout [UInt8],
    indent: Int?,
    item writeItem: (Item, inout [UInt8], Int?) -> Void
  ) {
    let inner = indent.map { $0 + 2 }
    output.append(UInt8(ascii: opening))
    for (index, item) in items.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      if let inner { breakLine(inner, &output) }
      writeItem(item, &output, inner)
    }
    if let indent, !items.isEmpty { breakLine(indent, &output) }
    output.append(UInt8(ascii: closing))
  }

  private static func breakLine(_ indent: Int, _ output: inout [UInt8]) {
    output.append(UInt8(ascii: "\n"))
    output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
  }

  private static func write(quoting text: String, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    // As nearly all are.
    let isPlain = text.utf8.allSatisfy { byte in
      (0x20..<0x7f).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
    if isPlain { output += text.utf8 } else { write(escaping: text, to: &output) }
    output.append(UInt8(ascii: "\""))
  }

  private static func write(escaping text: String, to output: inout [UInt8]) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\"".utf8
      case "\\": output += "\\\\".utf8
      case "\n": output += "\\n".utf8
      case "\r": output += "\\r".utf8
      case "\t": output += "\\t".utf8
      // Terminals obey the control characters beyond ASCII, too.
      case _ where scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value):
        let hexadecimal = String(scalar.value, radix: 16)
        output += ("\\u" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal).utf8
      default: output += String(scalar).utf8
      }
    }
  }
}
