public import Document

/// One file of the output tree.
public struct Artifact: Sendable {
  /// Relative to the output directory, with `/`.
  public let path: String
  public let text: Text<Never>

  public init(_ path: String, _ text: Text<Never>) {
    self.path = path
    self.text = text
  }

  public var contents: String { text.string }

  /// The lines, counted from 1, on which a value of the setting of that path stands.
  public func lines(of setting: String) -> [Int] {
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
