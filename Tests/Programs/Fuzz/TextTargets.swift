import Agent
import JSON

/// What was read, written again, reads the same.
func fuzzJSON(_ input: [UInt8]) {
  do throws(JSONError) {
    let document = try JSONDocument(reading: input)
    let written = Array(spelled(document).utf8)
    require(try JSONDocument(reading: written) == document, "a document is another after writing")
  } catch {
    require(error.line >= 1 && error.column >= 1, "an error without a place")
  }
}

private func spelled(_ document: JSONDocument) -> String {
  switch document {
  case .null: return "null"
  case .boolean(let value): return "\(value)"
  case .number(let text): return text
  case .string(let text): return quoted(text)
  case .array(let items): return "[" + items.map(spelled).joined(separator: ",") + "]"
  case .object(let members):
    return "{" + members.map { quoted($0.key) + ":" + spelled($0.value) }.joined(separator: ",") + "}"
  }
}

private func quoted(_ text: String) -> String {
  var result = "\""
  for unit in text.utf16 {
    let digits = String(unit, radix: 16)
    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
  return result + "\""
}

/// The first line is a pattern, the second a value: an answer in time, the same from the quick way and the one that captures.
func fuzzPattern(_ input: [UInt8]) {
  let parts = input.prefix(600).split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
  let value = parts.count > 1 ? Array(parts[1]) : []
  let text = String(decoding: parts[0], as: UTF8.self)
  do throws(PatternFailure) {
    let pattern = try RelabelPattern(text)
    let rule = RelabelRule(sources: ["a"], pattern: pattern, target: "b", replacement: "x$0$1")
    var labels = Labels([(name: "c", value: "d")])
    labels[Array("a".utf8)] = value
    let before = labels[Array("a".utf8)] ?? []
    let isKept = rule.apply(to: &labels)
    require(isKept, "replace drops a target")
    require((labels["b"] != nil) == pattern.matches(before), "a pattern matches or doesn't, by who asks")
  } catch {
    require(error.offset >= 0 && error.offset <= text.unicodeScalars.count, "an error without a place")
  }
}
