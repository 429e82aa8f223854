extension JSONReader {
  public mutating func string() throws(JSONError) -> String {
    try require("\"")
    var result: [UInt8] = []
    while true {
      let start = index
      while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { index += 1 }
      guard let byte = next else { throw error("'\"'") }
      if byte < 0x20 { throw error("no control character in a string") }
      if byte == UInt8(ascii: "\"") {
        // Without an escape, as most are, the bytes are the text.
        let whole = result.isEmpty ? bytes[start..<index] : (result + bytes[start..<index])[...]
        guard let text = String(validating: whole, as: UTF8.self) else { throw error("UTF-8") }
        index += 1
        return text
      }
      result += bytes[start..<index]
      index += 1
      result += try escaped()
    }
  }

  private mutating func escaped() throws(JSONError) -> String.UTF8View {
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

  private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
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

  private mutating func fourDigits() throws(JSONError) -> UInt32 {
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
