/// A text with places for captures: `$1`, `${1}`, `$name`, `${name}`, `$$` for a dollar.
///
/// Source: Go's `regexp.Expand`, by which Prometheus expands `replacement` and `target_label`. `$1x` names the capture "1x", which there is
/// none of; a capture that there isn't is an empty text; a dollar before anything else is a dollar.
public struct RelabelTemplate: Hashable, Sendable {
  private enum Part: Hashable, Sendable {
    case text([UInt8])
    /// From 1; 0 for the whole match.
    case capture(Int)
  }

  public let text: String
  private let parts: [Part]

  /// - Parameter captureNames: of the pattern, from capture 1 on.
  public init(_ text: String, captureNames: [String?]) {
    self.text = text
    let bytes = Array(text.utf8)
    var parts: [Part] = []
    var literal: [UInt8] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "$") else {
        literal.append(bytes[index])
        index += 1
        continue
      }
      if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "$") {
        literal.append(bytes[index])
        index += 2
        continue
      }
      guard let (name, end) = Self.name(bytes, after: index + 1) else {
        literal.append(bytes[index])
        index += 1
        continue
      }
      index = end
      guard let number = Self.number(name) ?? captureNames.firstIndex(of: name).map({ $0 + 1 }),
        number <= captureNames.count
      else { continue }
      if !literal.isEmpty { parts.append(.text(literal)) }
      literal = []
      parts.append(.capture(number))
    }
    if !literal.isEmpty { parts.append(.text(literal)) }
    self.parts = parts
  }

  /// Whether a dollar stands in it.
  public var isVariable: Bool { text.utf8.contains(UInt8(ascii: "$")) }

  func expanded(_ value: [UInt8], _ captures: [Range<Int>]) -> [UInt8] {
    var result: [UInt8] = []
    for part in parts {
      switch part {
      case .text(let text): result += text
      case .capture(0): result += value
      case .capture(let number):
        let range = number <= captures.count ? captures[number - 1] : -1 ..< -1
        if range.lowerBound >= 0 { result += value[range] }
      }
    }
    return result
  }

  private static func name(_ bytes: [UInt8], after start: Int) -> (String, end: Int)? {
    guard start < bytes.count else { return nil }
    let isBraced = bytes[start] == UInt8(ascii: "{")
    let first = isBraced ? start + 1 : start
    var end = first
    while end < bytes.count, isNameByte(bytes[end]) { end += 1 }
    guard end > first, !isBraced || end < bytes.count && bytes[end] == UInt8(ascii: "}") else { return nil }
    return (String(decoding: bytes[first..<end], as: UTF8.self), isBraced ? end + 1 : end)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "_"): true
    default: false
    }
  }

  /// Digits only; one with a leading zero is a name.
  private static func number(_ name: String) -> Int? {
    guard name == "0" || !name.hasPrefix("0"), name.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(name) ?? .max
  }
}
