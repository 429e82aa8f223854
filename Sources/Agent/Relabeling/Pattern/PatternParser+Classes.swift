/// Classes of scalars, and what a backslash says.
extension PatternParser {
  /// Behind a backslash.
  mutating func escape(from start: Int) throws(PatternFailure) -> PatternNode {
    guard let next = peek else { throw failure("a backslash at the end", at: start) }
    let assertions: [Unicode.Scalar: PatternAssertion] = [
      "A": .textStart, "z": .textEnd, "b": .wordBoundary, "B": .noWordBoundary,
    ]
    if let assertion = assertions[next] {
      index += 1
      return .assertion(assertion)
    }
    if let set = try classEscape(from: start) { return .scalars(set) }
    return .scalars(literal(try scalarEscape(from: start)))
  }

  /// `\d`, `\pL` and their like, behind the backslash; nothing where something else is there.
  private mutating func classEscape(from start: Int) throws(PatternFailure) -> ScalarSet? {
    guard let next = peek else { return nil }
    let perl: [Unicode.Scalar: ScalarSet] = [
      "d": .digits, "D": ScalarSet.digits.inverted, "w": .word, "W": ScalarSet.word.inverted, "s": .space,
      "S": ScalarSet.space.inverted,
    ]
    if let set = perl[next] {
      index += 1
      return set
    }
    guard next == "p" || next == "P" else { return nil }
    index += 1
    var isInverted = next == "P"
    var name = ""
    if take("{") {
      if take("^") { isInverted.toggle() }
      while let next = peek, next != "}" {
        name.unicodeScalars.append(next)
        index += 1
      }
      guard take("}") else { throw failure("a '{' that nothing closes", at: start) }
    } else if let next = peek {
      name.unicodeScalars.append(next)
      index += 1
    }
    guard let set = ScalarSet(category: name) else {
      throw failure("'\(name)' is no general category; scripts aren't known here", at: start)
    }
    let folded = flags.ignoresCase ? set.withBothCases : set
    return isInverted ? folded.inverted : folded
  }

  /// One scalar, behind the backslash.
  private mutating func scalarEscape(from start: Int) throws(PatternFailure) -> Unicode.Scalar {
    let next = scalars[index]
    index += 1
    let controls: [Unicode.Scalar: UInt32] = ["a": 7, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11]
    let value: UInt32?
    switch next {
    case "x": value = hexadecimal()
    case "1"..."7" where peek.map { !("0"..."7").contains($0) } ?? true:
      throw failure("RE2 has no back-references", at: start)
    case "0"..."7":
      var octal = next.value - 0x30
      for _ in 0..<2 {
        guard let digit = peek, ("0"..."7").contains(digit) else { break }
        octal = octal * 8 + digit.value - 0x30
        index += 1
      }
      value = octal
    default:
      let isPunctuation = next.isASCII && !ScalarSet.word.contains(next.value) || next == "_"
      value = controls[next] ?? (isPunctuation ? next.value : nil)
    }
    guard let value, let scalar = Unicode.Scalar(value) else {
      throw failure("RE2 has no escape '\\\(next)'", at: start)
    }
    return scalar
  }

  private mutating func hexadecimal() -> UInt32? {
    var text = ""
    if take("{") {
      while let next = peek, next != "}" {
        text.unicodeScalars.append(next)
        index += 1
      }
      guard take("}") else { return nil }
    } else {
      guard index + 2 <= scalars.count else { return nil }
      text.unicodeScalars.append(contentsOf: scalars[index..<index + 2])
      index += 2
    }
    guard text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else { return nil }
    return UInt32(text, radix: 16)
  }

  /// Behind the opening bracket, to behind the closing one.
  mutating func bracketClass(from start: Int) throws(PatternFailure) -> ScalarSet {
    let isInverted = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    var isFirst = true
    while true {
      guard let next = peek else { throw failure("a '[' that nothing closes", at: start) }
      if next == "]", !isFirst { break }
      isFirst = false
      if let set = try namedClass() {
        ranges += set.ranges
        continue
      }
      let from = index
      if next == "\\" {
        index += 1
        if let set = try classEscape(from: from) {
          ranges += set.ranges
          continue
        }
        index = from
      }
      let low = try classScalar(from: from)
      var high = low
      if peek == "-", index + 1 < scalars.count, scalars[index + 1] != "]" {
        index += 1
        high = try classScalar(from: from)
      }
      guard low.value <= high.value else { throw failure("a range whose end comes before its start", at: from) }
      let range = ScalarSet([low.value...high.value])
      ranges += (flags.ignoresCase ? range.withBothCases : range).ranges
    }
    index += 1
    let set = ScalarSet(ranges)
    return isInverted ? set.inverted : set
  }

  private mutating func classScalar(from start: Int) throws(PatternFailure) -> Unicode.Scalar {
    guard let next = peek else { throw failure("a '[' that nothing closes", at: start) }
    index += 1
    guard next == "\\" else { return next }
    guard peek != nil else { throw failure("a backslash at the end", at: start) }
    return try scalarEscape(from: start)
  }

  /// `[:alpha:]` or `[:^alpha:]`, inside of brackets.
  private mutating func namedClass() throws(PatternFailure) -> ScalarSet? {
    let start = index
    guard take("[:") else { return nil }
    let isInverted = take("^")
    var name = ""
    while let next = peek, next != ":" {
      name.unicodeScalars.append(next)
      index += 1
    }
    guard take(":]") else {
      index = start
      return nil
    }
    let known: [String: [ClosedRange<UInt32>]] = [
      "alnum": [0x30...0x39, 0x41...0x5a, 0x61...0x7a], "alpha": [0x41...0x5a, 0x61...0x7a], "ascii": [0...0x7f],
      "blank": [0x09...0x09, 0x20...0x20], "cntrl": [0...0x1f, 0x7f...0x7f], "digit": [0x30...0x39],
      "graph": [0x21...0x7e], "lower": [0x61...0x7a], "print": [0x20...0x7e],
      "punct": [0x21...0x2f, 0x3a...0x40, 0x5b...0x60, 0x7b...0x7e], "space": [0x09...0x0d, 0x20...0x20],
      "upper": [0x41...0x5a], "word": [0x30...0x39, 0x41...0x5a, 0x5f...0x5f, 0x61...0x7a],
      "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66],
    ]
    guard let ranges = known[name] else { throw failure("there is no class '[:\(name):]'", at: start) }
    let set = flags.ignoresCase ? ScalarSet(ranges).withBothCases : ScalarSet(ranges)
    return isInverted ? set.inverted : set
  }
}
