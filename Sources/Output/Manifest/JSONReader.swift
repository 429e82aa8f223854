/// Reads the part of JSON (RFC 8259) that the manifest is written in: objects, arrays, strings.
struct JSONReader {
  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func error(_ expected: String) -> Manifest.ReadingError {
    let before = bytes[..<index]
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let column = String(decoding: bytes[start..<index], as: UTF8.self).unicodeScalars.count + 1
    return Manifest.ReadingError(expected: expected, line: line, column: column)
  }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { index += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard next == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func require(_ character: Unicode.Scalar) throws(Manifest.ReadingError) {
    if !take(character) { throw error("'\(character)'") }
  }

  mutating func end() throws(Manifest.ReadingError) {
    skipSpace()
    if next != nil { throw error("the end of the file") }
  }

  /// Calls `body` at each value, with its key.
  mutating func object(
    _ body: (inout JSONReader, String) throws(Manifest.ReadingError) -> Void
  ) throws(Manifest.ReadingError) {
    try require("{")
    if take("}") { return }
    repeat {
      let key = try string()
      try require(":")
      try body(&self, key)
    } while take(",")
    try require("}")
  }

  /// Calls `body` at each element.
  mutating func array(
    _ body: (inout JSONReader) throws(Manifest.ReadingError) -> Void
  ) throws(Manifest.ReadingError) {
    try require("[")
    if take("]") { return }
    repeat { try body(&self) } while take(",")
    try require("]")
  }

  mutating func string() throws(Manifest.ReadingError) -> String {
    try require("\"")
    var result: [UInt8] = []
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: result, as: UTF8.self) else { throw error("UTF-8") }
        index += 1
        return text
      case UInt8(ascii: "\\"):
        index += 1
        result += try escaped()
      case 0..<0x20: throw error("no control character in a string")
      default:
        result.append(byte)
        index += 1
      }
    }
    throw error("'\"'")
  }

  private mutating func escaped() throws(Manifest.ReadingError) -> String.UTF8View {
    guard let byte = next else { throw error("an escape") }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return String(Unicode.Scalar(byte)).utf8
    case UInt8(ascii: "n"): return "\n".utf8
    case UInt8(ascii: "r"): return "\r".utf8
    case UInt8(ascii: "t"): return "\t".utf8
    case UInt8(ascii: "b"): return "\u{8}".utf8
    case UInt8(ascii: "f"): return "\u{c}".utf8
    case UInt8(ascii: "u"): return String(try unicodeEscape()).utf8
    default: throw error("an escape")
    }
  }

  private mutating func unicodeEscape() throws(Manifest.ReadingError) -> Unicode.Scalar {
    let first = try fourDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard (0xd800..<0xdc00).contains(first), next == UInt8(ascii: "\\") else { throw error("a pair of surrogates") }
    index += 1
    guard next == UInt8(ascii: "u") else { throw error("a pair of surrogates") }
    index += 1
    let second = try fourDigits()
    guard (0xdc00..<0xe000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
    else { throw error("a pair of surrogates") }
    return scalar
  }

  private mutating func fourDigits() throws(Manifest.ReadingError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error("four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      index += 1
    }
    return value
  }
}
