import Document

extension Text where H == Never {
  /// The text where Markdown is expected, meaning itself: CommonMark lets a backslash precede any ASCII punctuation.
  var markdownEscaped: Text {
    Text(.known(escapedForMarkdown(string), from: origins), .verbatim)
  }
}

private func escapedForMarkdown(_ string: String) -> String {
  let punctuation = #"\`*_{}[]<>()#+-.!|~&:@"'"#.unicodeScalars
  var escaped = String.UnicodeScalarView()
  for scalar in string.unicodeScalars {
    if punctuation.contains(scalar) { escaped.append("\\") }
    escaped.append(scalar)
  }
  return String(escaped)
}
