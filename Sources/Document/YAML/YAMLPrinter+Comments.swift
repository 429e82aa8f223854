extension YAMLPrinter {
  /// Lines of remarks, each behind a `#`. A line break in a remark begins another line of it.
  mutating func printComment(_ remarks: [String], indent: Int) {
    for remark in remarks {
      for line in remark.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
        let text = commentText(String(decoding: line, as: UTF8.self))
        output.append(spaces: indent)
        output.append(text.isEmpty ? "#" : "# ")
        output.append(text)
        output.append("\n")
      }
    }
  }

  /// A remark of one line without what would end the comment or isn't printable, which is spelled as its code point.
  func commentText(_ remark: String) -> String {
    if remark.utf8.last != UInt8(ascii: " "), remark.allBytes({ $0 >= 0x20 && $0 < 0x7f }) { return remark }
    var text = String.UnicodeScalarView()
    for scalar in remark.unicodeScalars {
      if isPrintableInYAML(scalar) {
        text.append(scalar)
      } else {
        text.append(contentsOf: "U+\(String(scalar.value, radix: 16, uppercase: true))".unicodeScalars)
      }
    }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
