/// Writes markup as bytes of an HTML document.
struct HTMLWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ markup: Markup) {
    switch markup {
    case .text(let text): escape(text)
    case .asset(let asset): bytes += asset.bytes
    case .element(let tag, let attributes, let content):
      if tag.beginsLine, !bytes.isEmpty { raw("\n") }
      raw("<")
      raw(tag)
      for attribute in attributes {
        raw(" ")
        bytes += attribute.name.utf8
        raw("=\"")
        escape(attribute.value)
        raw("\"")
      }
      raw(">")
      if tag.isVoid { return }
      for piece in content { write(piece) }
      raw("</")
      raw(tag)
      raw(">")
    }
  }

  /// What stands for itself in a program, never what came from outside.
  mutating func raw(_ text: StaticString) { bytes += text.description.utf8 }

  private mutating func raw(_ tag: Tag) { bytes += tag.name.utf8 }

  /// Text as it may stand in content and in quoted attributes (HTML, 13.1.2.3 and 13.1.4). What no document can hold, and what makes text around
  /// it run backwards or vanish, becomes the sign for that.
  private mutating func escape(_ text: String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": raw("&amp;")
      case "<": raw("&lt;")
      case ">": raw("&gt;")
      case "\"": raw("&quot;")
      case "'": raw("&#39;")
      case _ where scalar.isUnfit: raw("\u{fffd}")
      default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      }
    }
  }
}

extension Unicode.Scalar {
  /// A control character, a noncharacter, or one that steers the direction of text (UAX 9, 2).
  fileprivate var isUnfit: Bool {
    switch value {
    case 0..<0x20, 0x7f...0x9f, 0x61c, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfdd0...0xfdef, 0xfeff: true
    default: value & 0xfffe == 0xfffe
    }
  }
}
