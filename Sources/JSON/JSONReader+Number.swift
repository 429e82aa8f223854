extension JSONReader {
  /// A number as it is spelled: what is precise enough is for others to know.
  public mutating func number() throws(JSONError) -> String {
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
  public mutating func integer() throws(JSONError) -> Int {
    let before = index
    guard let value = Int(try number()) else {
      index = before
      throw error("a whole number of 64 bits")
    }
    return value
  }

  /// The nearest double; infinite if there is none.
  public mutating func double() throws(JSONError) -> Double {
    let text = try number()
    guard let value = Double(text) else { preconditionFailure("BUG: '\(text)' is a number of JSON") }
    return value
  }

  /// A number in thousandths, to the nearest; nothing where it is 10^12 or more.
  public mutating func thousandths() throws(JSONError) -> Int64? {
    let value = try double()
    return value.magnitude < 1e12 ? Int64((value * 1000).rounded()) : nil
  }

  /// Digits in a number or a string that is read at once: no sum of so many overflows.
  private static let digitCountMax = 15

  /// A point of an answer to a query, `[1735689600.501,"4"]`: a time and a count as they are mostly spelled. Where something else stands,
  /// nothing is read.
  public mutating func point() -> (thousandths: Int64, count: Int)? {
    guard let (time, count, end) = Self.point(bytes.span, at: index) else { return nil }
    index = end
    return (time, count)
  }

  private static func point(_ bytes: Span<UInt8>, at start: Int) -> (time: Int64, count: Int, end: Int)? {
    var place = start + 1
    guard start < bytes.count, bytes[start] == UInt8(ascii: "["), let time = thousandths(bytes, &place),
      place < bytes.count, bytes[place] == UInt8(ascii: ",")
    else { return nil }
    place += 1
    guard let count = quotedNumber(bytes, &place), place < bytes.count, bytes[place] == UInt8(ascii: "]")
    else { return nil }
    return (time, count, place + 1)
  }

  /// A number that is spelled with up to twelve digits and up to three behind the point, as times mostly are.
  private static func thousandths(_ bytes: Span<UInt8>, _ place: inout Int) -> Int64? {
    let start = place
    var value = wholeNumber(bytes, &place)
    let count = place - start
    guard (1...digitCountMax - 3).contains(count), count == 1 || bytes[start] != 0x30 else { return nil }
    var missing = 3
    if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
      place += 1
      let point = place
      let fraction = wholeNumber(bytes, &place)
      missing = 3 - (place - point)
      guard (0..<3).contains(missing) else { return nil }
      for _ in missing..<3 { value *= 10 }
      value += fraction
    }
    for _ in 0..<missing { value *= 10 }
    return value
  }

  /// A whole number of up to 15 digits as a string holds it.
  private static func quotedNumber(_ bytes: Span<UInt8>, _ place: inout Int) -> Int? {
    guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return nil }
    place += 1
    let start = place
    let value = wholeNumber(bytes, &place)
    guard (1...digitCountMax).contains(place - start), place < bytes.count, bytes[place] == UInt8(ascii: "\"")
    else { return nil }
    place += 1
    return Int(value)
  }

  /// As many digits as there are; what more than `digitCountMax` of them say is of no use.
  @inline(__always)
  private static func wholeNumber(_ bytes: Span<UInt8>, _ place: inout Int) -> Int64 {
    var value: Int64 = 0
    while place < bytes.count, case let digit = bytes[place] &- 0x30, digit < 10 {
      value = value &* 10 &+ Int64(digit)
      place += 1
    }
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
