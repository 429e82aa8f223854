/// The text as a JSON string literal. Numbers and words need no escapes, so a text with no other slots keeps them as
/// they are; with others, the whole text is quoted as one.
func jsonString<H>(_ text: Text<H>) -> Text<H> {
  if text.contains(.arbitrary) || text.contains(.verbatim) { return text.jsonQuoted }
  var output = TextBuilder<H>()
  output.append("\"")
  for piece in text.pieces {
    switch piece {
    case .literal(let literal): appendEscapedAsJSON(literal, to: &output)
    case .slot(let term, let characters): output.append(term.checked(characters), characters)
    }
  }
  output.append("\"")
  return output.finish()
}

private func appendEscapedAsJSON<H>(_ literal: String, to output: inout TextBuilder<H>) {
  output.append(quotedAsJSON(literal).utf8.dropFirst().dropLast())
}
