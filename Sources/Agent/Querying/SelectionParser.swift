import Model

/// Reads a selector; everything else of PromQL is refused with its place.
public struct SelectionParser {
  private static let textByteCountMax = 16_384
  private static let matcherCountMax = 64

  private let bytes: [UInt8]
  private var index = 0

  public static func parse(_ text: String) throws(SelectionFailure) -> SeriesSelection {
    guard text.utf8.count <= textByteCountMax else { throw .tooLong(byteCountMax: textByteCountMax) }
    var parser = SelectionParser(bytes: Array(text.utf8))
    return try parser.selection()
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func failure(_ what: String) -> SelectionFailure { .malformed(what, column: index + 1) }

  private mutating func skipSpaces() {
    while index < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[index]) { index += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpaces()
    guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func word(allowingColon: Bool) -> [UInt8] {
    skipSpaces()
    let start = index
    while index < bytes.count {
      let byte = bytes[index]
      let isLetter = (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) || byte == 0x5f
      let isDigit = (0x30...0x39).contains(byte) && index > start
      guard isLetter || isDigit || allowingColon && byte == 0x3a else { break }
      index += 1
    }
    return Array(bytes[start..<index])
  }

  private mutating func selection() throws(SelectionFailure) -> SeriesSelection {
    var selection = SeriesSelection()
    let name = word(allowingColon: true)
    if !name.isEmpty { selection.matchers.append(Self.equal(name: Array("__name__".utf8), name)) }
    let hasBraces = take("{")
    if hasBraces { try matchers(into: &selection) }
    if !hasBraces, name.isEmpty { throw failure("a metric's name or '{' goes here") }
    if take("[") { selection.range = try range() }
    skipSpaces()
    if index < bytes.count { throw failure("nothing may follow the selector") }
    // As Prometheus has it: a selector that takes everything is a mistake.
    guard selection.matchers.contains(where: { !$0.matches([]) }) else { throw .selectsEverything }
    return selection
  }

  private static func equal(name: [UInt8], _ value: [UInt8]) -> SeriesMatcher {
    SeriesMatcher(name: name, test: .equal(value), isNegated: false)
  }

  private mutating func matchers(into selection: inout SeriesSelection) throws(SelectionFailure) {
    while !take("}") {
      skipSpaces()
      if index < bytes.count, [0x22, 0x27].contains(bytes[index]) {
        selection.matchers.append(Self.equal(name: Array("__name__".utf8), try string()))
      } else {
        selection.matchers.append(try matcher())
      }
      guard selection.matchers.count <= Self.matcherCountMax else {
        throw failure("more than \(Self.matcherCountMax) matchers")
      }
      if take(",") { continue }
      guard take("}") else { throw failure("',' or '}' goes here") }
      return
    }
  }

  private mutating func matcher() throws(SelectionFailure) -> SeriesMatcher {
    let name = word(allowingColon: false)
    if name.isEmpty { throw failure("a label's name goes here") }
    let isNegated = take("!")
    let isPlain = !isNegated && take("=") || isNegated && take("=")
    let isPattern = take("~")
    guard isPlain || isNegated && isPattern else { throw failure("'=', '!=', '=~' or '!~' goes here") }
    let value = try string()
    guard isPattern else { return SeriesMatcher(name: name, test: .equal(value), isNegated: isNegated) }
    do throws(PatternFailure) {
      let pattern = try RelabelPattern(String(decoding: value, as: UTF8.self))
      return SeriesMatcher(name: name, test: .matching(pattern), isNegated: isNegated)
    } catch {
      throw failure("the pattern can't be read: \(error.message)")
    }
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "n"): 10, UInt8(ascii: "t"): 9, UInt8(ascii: "r"): 13, UInt8(ascii: "\\"): 92,
    UInt8(ascii: "\""): 34, UInt8(ascii: "'"): 39,
  ]

  private mutating func string() throws(SelectionFailure) -> [UInt8] {
    skipSpaces()
    guard index < bytes.count, [0x22, 0x27, 0x60].contains(bytes[index]) else {
      throw failure("a value in quotes goes here")
    }
    let quote = bytes[index]
    index += 1
    var value: [UInt8] = []
    while index < bytes.count, bytes[index] != quote {
      if bytes[index] == UInt8(ascii: "\\"), quote != 0x60 {
        index += 1
        guard index < bytes.count, let escaped = Self.escapes[bytes[index]] else { throw failure("no such escape") }
        value.append(escaped)
      } else {
        value.append(bytes[index])
      }
      index += 1
    }
    guard index < bytes.count else { throw failure("the value has no end") }
    index += 1
    return value
  }

  private mutating func range() throws(SelectionFailure) -> Int64 {
    let start = index
    while index < bytes.count, bytes[index] != UInt8(ascii: "]") { index += 1 }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    guard index < bytes.count, let duration = PrometheusDuration(text), duration.milliseconds > 0 else {
      throw failure("a duration such as 5m goes between '[' and ']'")
    }
    index += 1
    return Int64(duration.milliseconds)
  }
}
