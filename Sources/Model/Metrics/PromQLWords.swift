/// The identifiers of a PromQL expression that may be metric names, comments left out.
///
/// Not a parser: labels, functions and strings that look like a name come out too. Names are then asked of the table,
/// which only answers for its own families.
public func metricWords(in expression: String) -> [String] {
  var words: [String] = []
  var rest = Array(expression.utf8)[...]
  while let byte = rest.first {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
      // A quoted string may be a name: `{"metric.name"}` and `{__name__="…"}` both read it.
      let string = quoted(in: &rest)
      if !string.isEmpty, string.allSatisfy(isWordByte) { words.append(String(decoding: string, as: UTF8.self)) }
    case UInt8(ascii: "#"):
      rest = rest.drop { $0 != UInt8(ascii: "\n") }
    case _ where isWordStart(byte):
      let word = rest.prefix(while: isWordByte)
      rest = rest.dropFirst(word.count)
      words.append(String(decoding: word, as: UTF8.self))
    case _ where isWordByte(byte):
      // A number or duration such as `5m`, so that its unit is no word.
      rest = rest.drop(while: isWordByte)
    default:
      rest = rest.dropFirst()
    }
  }
  return words
}

private func isWordStart(_ byte: UInt8) -> Bool {
  byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7a || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":")
}

private func isWordByte(_ byte: UInt8) -> Bool { isWordStart(byte) || byte >= 0x30 && byte <= 0x39 }

/// Takes a string with its quotes from the front and gives what is between them, escapes untouched.
private func quoted(in rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  guard let quote = rest.popFirst() else { return rest }
  let start = rest
  while let byte = rest.popFirst(), byte != quote {
    if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "`") { rest = rest.dropFirst() }
  }
  return start.prefix(while: { $0 != quote })
}
