/// Elements of an SVG document, written one after the other with two spaces for each level.
struct SVGText {
  private(set) var text = ""
  private var open: [String] = []

  private var indent: String { String(repeating: "  ", count: open.count) }

  mutating func begin(_ name: String, _ attributes: [(String, String)] = []) {
    text += "\(indent)<\(name)\(Self.written(attributes))>\n"
    open.append(name)
  }

  mutating func end() {
    let name = open.removeLast()
    text += "\(indent)</\(name)>\n"
  }

  mutating func element(_ name: String, _ attributes: [(String, String)], text content: String? = nil) {
    let end = content.map { ">\(Self.escaped($0))</\(name)>" } ?? "/>"
    text += "\(indent)<\(name)\(Self.written(attributes))\(end)\n"
  }

  /// Text that is markup already, such as a style sheet.
  mutating func raw(_ lines: String) { text += lines }

  private static func written(_ attributes: [(String, String)]) -> String {
    attributes.map { " \($0)=\"\(escaped($1))\"" }.joined()
  }

  /// Source: XML 1.0, 2.4; a control character can't stand in a document, escaped or not.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case _ where scalar.value < 0x20 || scalar.value & 0xfffe == 0xfffe: result += "\u{fffd}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// A coordinate: a tenth of a pixel is as fine as anyone sees.
func coordinate(_ value: Double) -> String { trimmed(value, 1) }
