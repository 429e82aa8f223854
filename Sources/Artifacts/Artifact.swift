package import Document

/// One file of the output tree.
package struct Artifact: Sendable {
  /// Relative to the output directory, with `/`.
  package let path: String
  package let text: Text<Never>

  package init(_ path: String, _ text: Text<Never>) {
    self.path = path
    self.text = text
  }

  package var contents: String { text.string }

  /// The lines, counted from 1, on which a value of the setting of that path stands.
  package func lines(of setting: String) -> [Int] {
    var line = 1
    var found: [Int] = []
    for piece in text.pieces {
      let string: String
      switch piece {
      case .literal(let literal): string = literal
      case .slot(let term, _):
        string = term.value
        if term.origins.names.contains(setting), found.last != line { found.append(line) }
      }
      line += string.utf8.count { $0 == UInt8(ascii: "\n") }
    }
    return found
  }
}
