internal import Glibc

/// Numbers as expositions write them.
enum NumberText {
  /// NaN without a message: the pattern that Prometheus stores for one. A stale marker never comes out of a text.
  static let normalNaN: UInt64 = 0x7ff8_0000_0000_0001
  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]
  /// Longer than any number that is meant as one.
  private static let byteCountMax = 400

  /// The bits of the number that is all of `range`.
  ///
  /// Up to 2^53 and 22 decimal places, integer and power are both exact doubles, so their quotient or product is the nearest one (Clinger 1990);
  /// all others go to `strtod`.
  static func bits(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64? {
    var index = range.lowerBound
    let end = range.upperBound
    guard index < end else { return nil }
    let isNegative = bytes[index] == UInt8(ascii: "-")
    if isNegative || bytes[index] == UInt8(ascii: "+") { index += 1 }
    var mantissa: UInt64 = 0
    var digits = 0
    var places = 0
    let start = index
    while index < end {
      let digit = bytes[index] &- UInt8(ascii: "0")
      if digit > 9 { break }
      mantissa = mantissa &* 10 &+ UInt64(digit)
      digits += 1
      index += 1
    }
    if index < end, bytes[index] == UInt8(ascii: ".") {
      index += 1
      let point = index
      while index < end {
        let digit = bytes[index] &- UInt8(ascii: "0")
        if digit > 9 { break }
        mantissa = mantissa &* 10 &+ UInt64(digit)
        index += 1
      }
      places = index - point
      digits += places
    }
    guard digits > 0 else { return special(bytes, start..<end, isNegative: isNegative) }
    var exponent = 0
    if index < end, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      var isBelow = false
      if index < end, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
        isBelow = bytes[index] == UInt8(ascii: "-")
        index += 1
      }
      let first = index
      while index < end {
        let digit = bytes[index] &- UInt8(ascii: "0")
        if digit > 9 { break }
        exponent = min(exponent * 10 + Int(digit), 100_000)
        index += 1
      }
      guard index > first else { return nil }
      if isBelow { exponent = -exponent }
    }
    guard index == end else { return nil }
    let scale = exponent - places
    // 19 digits can't overflow the integer.
    if digits <= 19, mantissa <= 1 << 53, abs(scale) <= 22 {
      let magnitude = scale < 0 ? Double(mantissa) / powers[-scale] : Double(mantissa) * powers[scale]
      return (isNegative ? -magnitude : magnitude).bitPattern
    }
    return slow(bytes, range)
  }

  /// How many bytes `plain` may look at.
  static let plainByteCountMax = 24

  /// A number of digits, with or without a sign and a point, that is one quotient of exact doubles: what nearly all are.
  /// - Parameter start: with `plainByteCountMax` bytes from there on.
  /// - Returns: its bits, and where it ends; nothing for any other, and for what may be more than it seems.
  @inline(__always)
  static func plain(_ bytes: Span<UInt8>, from start: Int) -> (bits: UInt64, end: Int)? {
    precondition(start >= 0 && start <= bytes.count - plainByteCountMax, "BUG: a number without room behind it")
    return unsafe bytes.withUnsafeBufferPointer { bytes in
      var index = start
      let isNegative = unsafe bytes[index] == UInt8(ascii: "-")
      if isNegative { index += 1 }
      var mantissa: UInt64 = 0
      let first = index
      // 19 digits can't overflow the integer; with sign and point they are within the bytes that are there.
      let limit = index + 19
      while index < limit {
        let digit = unsafe bytes[index] &- UInt8(ascii: "0")
        if digit > 9 { break }
        mantissa = mantissa &* 10 &+ UInt64(digit)
        index += 1
      }
      var digits = index - first
      var places = 0
      if unsafe bytes[index] == UInt8(ascii: ".") {
        let point = index
        index += 1
        while index <= limit {
          let digit = unsafe bytes[index] &- UInt8(ascii: "0")
          if digit > 9 { break }
          mantissa = mantissa &* 10 &+ UInt64(digit)
          index += 1
        }
        places = index - point - 1
        digits += places
      }
      guard digits > 0, mantissa <= 1 << 53 else { return nil }
      var value = Double(Int64(truncatingIfNeeded: mantissa))
      if places > 0 { value /= powers[places] }
      return ((isNegative ? -value : value).bitPattern, index)
    }
  }

  private static func special(_ bytes: Span<UInt8>, _ range: Range<Int>, isNegative: Bool) -> UInt64? {
    var word: UInt64 = 0
    guard range.count <= 8 else { return nil }
    for index in range { word = word << 8 | UInt64(bytes[index] | 0x20) }
    switch word {
    case 0x6e_616e: return normalNaN
    case 0x69_6e66, 0x696e_6669_6e69_7479: return (isNegative ? -Double.infinity : .infinity).bitPattern
    default: return nil
    }
  }

  @inline(never)
  private static func slow(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64? {
    guard range.count <= byteCountMax else { return nil }
    var text = bytes.extracting(range).array.map { CChar(bitPattern: $0) }
    text.append(0)
    return unsafe text.withUnsafeBufferPointer { unsafe strtod($0.baseAddress!, nil) }.bitPattern
  }

  static func integer(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int64? {
    var index = range.lowerBound
    let isNegative = index < range.upperBound && bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    guard index < range.upperBound else { return nil }
    var value: Int64 = 0
    while index < range.upperBound {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      let (shifted, first) = value.multipliedReportingOverflow(by: 10)
      let (sum, second) = shifted.subtractingReportingOverflow(Int64(digit))
      if first || second { return nil }
      value = sum
      index += 1
    }
    return isNegative ? value : value == .min ? nil : -value
  }
}
