extension JSONReader {
  /// A number as it is spelled: what is precise enough is for others to know.
  package mutating func number() throws(JSONError) -> String {
    guard try peek() == .number else { throw error("a number") }
    let start = index
    skip(UInt8(ascii: "-"))
    // A leading zero stands alone.
    if !skip(UInt8(ascii: "0")) { try digits() }
    if skip(UInt8(ascii: ".")) { try digits() }
    if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
      if !skip(UInt8(ascii: "+")) { skip(UInt8(ascii: "-")) }
      try digits()
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  /// A number without fraction or exponent, from -2^63 to 2^63 - 1.
  package mutating func integer() throws(JSONError) -> Int {
    let before = index
    guard let value = Int(try number()) else {
      index = before
      throw error("a whole number of 64 bits")
    }
    return value
  }

  /// The nearest double; infinite if there is none.
  package mutating func double() throws(JSONError) -> Double {
    let text = try number()
    guard let value = Double(text) else { preconditionFailure("BUG: '\(text)' is a number of JSON") }
    return value
  }

  @discardableResult private mutating func skip(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    index += 1
    return true
  }

  private mutating func digits() throws(JSONError) {
    let start = index
    while let byte = next, (0x30...0x39).contains(byte) { index += 1 }
    if index == start { throw error("a digit") }
  }
}
