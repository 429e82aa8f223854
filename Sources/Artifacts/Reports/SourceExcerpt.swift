import Model

/// A file's text, for showing the line that a message is about.
struct SourceExcerpt {
  /// At most this many characters of a line are shown, around the place in question.
  static let width = 100

  private let lines: [ArraySlice<UInt8>]

  /// - Parameter bytes: a file that may be anything; what isn't UTF-8 shows as U+FFFD.
  init(_ bytes: [UInt8]) {
    let text = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes[...]
    var lines: [ArraySlice<UInt8>] = []
    var start = text.startIndex
    var index = start
    while index < text.endIndex {
      if text[index] == UInt8(ascii: "\n") || text[index] == UInt8(ascii: "\r") {
        lines.append(text[start..<index])
        let isPair = text[index] == UInt8(ascii: "\r") && text[(index + 1)...].first == UInt8(ascii: "\n")
        index += isPair ? 1 : 0
        start = index + 1
      }
      index += 1
    }
    lines.append(text[start...])
    self.lines = lines
  }

  /// The line and, below it, marks under the word at `location`; `nil` where the file has no such line.
  func marked(_ location: Location) -> (line: String, marks: String)? {
    guard lines.indices.contains(location.line - 1) else { return nil }
    let bytes = lines[location.line - 1]
    let prefix = bytes.prefix(location.column * 4 + Self.width * 4)
    let all = Array(String(decoding: prefix, as: UTF8.self).unicodeScalars)
    let column = min(location.column - 1, all.count)
    let start = max(0, column - Self.width * 3 / 4)
    let end = min(all.count, start + Self.width)
    let lead = (start > 0 ? "…" : "") + Self.printed(all[start..<column])
    let word = all[column..<min(end, column + Self.wordLength(all[column...]))]
    let rest = all[(column + word.count)..<end]
    let isCut = end < all.count || prefix.count < bytes.count
    let line = lead + Self.printed(word) + Self.printed(rest) + (isCut ? "…" : "")
    let marks =
      String(repeating: " ", count: Self.cells(lead))
      + String(repeating: "^", count: max(1, Self.cells(Self.printed(word))))
    return (line, marks)
  }

  /// How far a key or value reaches from its first character.
  private static func wordLength(_ rest: ArraySlice<Unicode.Scalar>) -> Int {
    guard let first = rest.first, first != "{", first != "[" else { return 1 }
    if first == "\"" || first == "'" {
      let closing = rest.dropFirst().firstIndex(of: first)
      return closing.map { $0 - rest.startIndex + 1 } ?? rest.count
    }
    return max(1, rest.prefix { !" ,:]}#".unicodeScalars.contains($0) && $0 != "\t" }.count)
  }

  private static func printed(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = ""
    for scalar in scalars {
      switch scalar {
      case "\t": text += " "
      case _ where scalar.isUnprintable: text += "\u{fffd}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// How many cells of a terminal the text takes.
  private static func cells(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { count, scalar in
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: count
      default: count + (isWide(scalar) ? 2 : 1)
      }
    }
  }

  /// East Asian Wide and Fullwidth, by their blocks (Unicode Standard Annex 11).
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f,
      0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1faff, 0x20000...0x3fffd:
      true
    default: false
    }
  }
}
