/// What a scalar without quotes means to the YAML readers of this world, which disagree: 1.2's core schema is what
/// counts here, and what only 1.1 or a slip of the pen makes of it is told apart, to be refused with the right advice.
public enum PlainScalar {
  case null
  case boolean(Bool)
  /// `yes`, `No`, `on`, `OFF`, `y`, `True`: a boolean to some readers and text to others.
  case doubtfulBoolean(Bool)
  case integer(Int)
  /// Digits without end.
  case hugeInteger
  case decimal(Double)
  /// `1e3`, `0777`, `0x1F`, `1_000`, `12:30`, `+5`, `.5`, `.inf`: numbers to some readers; the value where there is one.
  case doubtfulNumber(Double?)
  /// `2024-01-31`: a date to readers of YAML 1.1.
  case date
  case text

  public init(_ text: String) {
    switch text {
    case "", "~", "null", "Null", "NULL": self = .null
    case "true": self = .boolean(true)
    case "false": self = .boolean(false)
    case "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y": self = .doubtfulBoolean(true)
    case "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N": self = .doubtfulBoolean(false)
    default: self = Self.number(Array(text.utf8)) ?? .text
    }
  }

  private static func number(_ bytes: [UInt8]) -> PlainScalar? {
    let signed = bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+")
    let body = bytes.dropFirst(signed ? 1 : 0)
    guard let first = body.first, isDigit(first) || first == UInt8(ascii: ".") else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    if body.allSatisfy(isDigit) {
      if bytes.first == UInt8(ascii: "+") || body.count > 1 && first == UInt8(ascii: "0") {
        return .doubtfulNumber(Double(text))
      }
      return Int(text).map { .integer($0) } ?? .hugeInteger
    }
    let parts = body.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    if parts.count == 2, parts.allSatisfy({ $0.allSatisfy(isDigit) }), !parts[1].isEmpty || !parts[0].isEmpty {
      let isPlain =
        !parts[0].isEmpty && !parts[1].isEmpty && bytes.first != UInt8(ascii: "+")
        && (parts[0].count == 1 || parts[0].first != UInt8(ascii: "0"))
      let value = Double(parts[0].isEmpty || parts[1].isEmpty ? "0\(text.filter { $0 != "+" })0" : text)
      return isPlain ? value.map { .decimal($0) } : .doubtfulNumber(value)
    }
    switch String(decoding: body, as: UTF8.self).lowercased() {
    case ".inf", ".nan": return .doubtfulNumber(nil)
    case let word where word.hasPrefix("0x") || word.hasPrefix("0o") || word.hasPrefix("0b"):
      let radix = word.hasPrefix("0x") ? 16 : word.hasPrefix("0o") ? 8 : 2
      return Int(word.dropFirst(2), radix: radix).map { .doubtfulNumber(Double($0)) }
    case let word where word.contains("e"):
      let value = Double(text)
      return value.map { .doubtfulNumber($0.isFinite ? $0 : nil) }
    default: break
    }
    if body.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") }), body.contains(0x5f) {
      return .doubtfulNumber(Double(text.filter { $0 != "_" }))
    }
    if body.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ":") }), isDigit(body.last ?? 0) {
      return .doubtfulNumber(nil)
    }
    let isDate =
      body.count == 10
      && body.enumerated().allSatisfy { index, byte in
        index == 4 || index == 7 ? byte == UInt8(ascii: "-") : isDigit(byte)
      }
    return isDate && !signed ? .date : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
