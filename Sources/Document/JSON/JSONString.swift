/// The text as a JSON string literal. Numbers and words need no escapes, so a text with no other slots keeps them as
/// they are; with others, the whole text is quoted as one.
func appendJSONString<H>(_ text: Text<H>, to output: inout TextBuilder<H>) {
  if text.contains(.arbitrary) || text.contains(.verbatim) { return output.append(text.jsonQuoted) }
  output.append("\"")
  text.forEachPiece { piece in
    switch piece {
    case .literal(let literal): output.append(escapedForJSON(literal))
    case .slot(let term, let characters): output.append(term.checked(characters), characters)
    }
  }
  output.append("\"")
}
