import Model

/// `name{label="value",other!="value"}`: Prometheus' selectors without regular expressions.
struct SeriesSelector {
  private struct Matcher {
    let name: [UInt8]
    let value: [UInt8]
    let isEqual: Bool
  }

  private var matchers: [Matcher] = []

  func matches(_ labels: [(name: [UInt8], value: [UInt8])]) -> Bool {
    matchers.allSatisfy { matcher in
      // A label that isn't there is one without a value.
      let value = labels.first { $0.name == matcher.name }?.value ?? []
      return (value == matcher.value) == matcher.isEqual
    }
  }

  init(_ text: String) throws(Stop) {
    let bytes = Array(text.utf8)
    var index = 0
    func failure(_ message: String) -> Stop { Stop(.badSelector(text, column: index + 1, message)) }
    func skipSpaces() { while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 } }
    func word(_ allowsColon: Bool) -> [UInt8] {
      let start = index
      while index < bytes.count, Self.isNameByte(bytes[index], isFirst: index == start, allowsColon) { index += 1 }
      return Array(bytes[start..<index])
    }
    skipSpaces()
    let name = word(true)
    if !name.isEmpty { matchers.append(Matcher(name: Array("__name__".utf8), value: name, isEqual: true)) }
    skipSpaces()
    if index < bytes.count {
      guard bytes[index] == UInt8(ascii: "{") else { throw failure("a metric's name or '{' goes here") }
      index += 1
      while true {
        skipSpaces()
        if index < bytes.count, bytes[index] == UInt8(ascii: "}") { break }
        let label = word(false)
        if label.isEmpty { throw failure("a label's name or '}' goes here") }
        skipSpaces()
        let isEqual = index < bytes.count && bytes[index] == UInt8(ascii: "=")
        if !isEqual {
          guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "!"), bytes[index + 1] != UInt8(ascii: "~") else {
            throw failure("'=' or '!=' goes here; regular expressions are not known")
          }
          index += 1
          guard bytes[index] == UInt8(ascii: "=") else { throw failure("'=' goes here") }
        }
        index += 1
        if index < bytes.count, bytes[index] == UInt8(ascii: "~") {
          throw failure("'=' or '!=' goes here; regular expressions are not known")
        }
        skipSpaces()
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
          throw failure("a value in double quotes goes here")
        }
        index += 1
        var value: [UInt8] = []
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
          if bytes[index] == UInt8(ascii: "\\") {
            index += 1
            guard index < bytes.count, let escaped = Self.escapes[bytes[index]] else {
              throw failure("an escape is \\\\, \\\" or \\n")
            }
            value.append(escaped)
          } else {
            value.append(bytes[index])
          }
          index += 1
        }
        guard index < bytes.count else { throw failure("the value has no end") }
        index += 1
        matchers.append(Matcher(name: label, value: value, isEqual: isEqual))
        skipSpaces()
        if index < bytes.count, bytes[index] == UInt8(ascii: ",") {
          index += 1
        } else if index >= bytes.count || bytes[index] != UInt8(ascii: "}") {
          throw failure("',' or '}' goes here")
        }
      }
      index += 1
      skipSpaces()
      if index < bytes.count { throw failure("nothing goes behind '}'") }
    }
    if matchers.isEmpty { throw failure("this selects everything: name a metric or a label, or leave the flag out") }
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "\\"): UInt8(ascii: "\\"), UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "n"): 10,
  ]

  private static func isNameByte(_ byte: UInt8, isFirst: Bool, _ allowsColon: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): !isFirst
    case UInt8(ascii: ":"): allowsColon
    default: false
    }
  }
}
