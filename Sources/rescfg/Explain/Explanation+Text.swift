import Artifacts
import Model

extension Explanation {
  /// For a terminal.
  func text(isColoured: Bool) -> String {
    var text = "\(bold("\(info.path): \(resolved.value.spelling)", isColoured))\n\n  \(info.summary)\n\n"
    for (name, value) in facts { text += "  \(padded(name, to: 13))\(value)\n" }
    text += lands
    text += changes
    return text
  }

  private var facts: [(String, String)] {
    var facts = [("environment", environment), ("from", origin), ("takes", info.domain.expectation + unit)]
    facts.append(("default", "\(info.defaultValue.spelling) (\(info.source))"))
    facts.append(("terraform", info.isStructural ? "fixed when rendering: no variable" : "var.\(info.terraformName)"))
    return facts
  }

  private var unit: String { info.unit.map { " (\($0))" } ?? "" }

  var origin: String {
    switch resolved.origin {
    case .standard where resolved.value == info.defaultValue: "the default"
    case .standard: "nobody wrote it: it follows from other settings"
    case .model(let location): "\(location.file):\(location.line):\(location.column)"
    case .environment(let name, let location):
      "\(location.file):\(location.line):\(location.column), for environment \(name)"
    }
  }

  private var lands: String {
    if landings.isEmpty { return info.isStructural ? "" : "\n  lands in no artifact of this environment\n" }
    let places = landings.map { "\($0.path):\($0.line)" }
    let width = places.reduce(0) { max($0, $1.count) }
    return "\n  lands in\n"
      + zip(places, landings).map { "    \(padded($0, to: width + 2))\($1.text)\n" }.joined()
  }

  private var changes: String {
    if !info.isStructural { return "" }
    return alternatives.reduce("\n  another choice changes\n") { text, alternative in
      let files = alternative.files.isEmpty ? "      nothing\n" : alternative.files.map { "      \($0)\n" }.joined()
      return text + "    \(alternative.words.joined(separator: ", "))\n" + files
    }
  }

  private func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  private func bold(_ text: String, _ isColoured: Bool) -> String {
    isColoured ? "\u{1b}[1m\(text)\u{1b}[0m" : text
  }
}
