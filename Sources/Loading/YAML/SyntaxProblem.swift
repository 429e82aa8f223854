import Model

/// What libyaml's refusal means for the person who wrote the line.
func syntaxProblem(_ failure: EventStream.Failure, in source: SourceText) -> Diagnostic {
  let location = Location(file: source.file, line: failure.line, column: failure.column)
  let opening = Location(file: source.file, line: failure.contextLine, column: failure.contextColumn)
  let line = Array(source.line(failure.line).unicodeScalars)
  let indentation = line.prefix { $0 == " " || $0 == "\t" }
  if let tab = indentation.firstIndex(of: "\t"), failure.column <= indentation.count + 1 {
    return .tabIndentation(at: Location(file: source.file, line: failure.line, column: tab + 1))
  }
  switch failure.problem {
  case "found character that cannot start any token":
    let character = failure.column <= line.count ? String(line[failure.column - 1]) : ""
    return .cannotBeginValue(character, at: location)
  case "mapping values are not allowed in this context": return .misplacedColon(at: location)
  case "could not find expected ':'": return .missingColon(at: opening)
  case "did not find expected key", "did not find expected '-' indicator",
    "block sequence entries are not allowed in this context", "did not find expected <document start>":
    return .indentation(at: location)
  case "did not find expected ',' or ']'": return .notClosed("list", "]", at: location, opening: opening)
  case "did not find expected ',' or '}'": return .notClosed("mapping", "}", at: location, opening: opening)
  case "found unexpected end of stream" where failure.context == "while scanning a quoted scalar":
    return .quoteNotClosed(at: opening)
  case "found unknown escape character": return .unknownEscape(at: location)
  case "found undefined tag handle": return .tag(at: location)
  default: return .syntax(failure.problem, at: location)
  }
}
