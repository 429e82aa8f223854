public import Document

/// Prose of `templates/` with slots, `{{name}}`, and nothing else: no conditions, no loops. What varies in shape is a
/// template of its own, chosen in Swift.
///
/// The files are embedded in the binary as `PackageResources.<file name>`, so that it runs where the sources aren't.
/// A template ends without the newline that ends its file: its text can stand in another one's slot.
public struct Template: Sendable {
  private enum Part { case literal(String), slot(String) }

  private let parts: [Part]

  /// - Parameter bytes: a file of `templates/`. Braces that begin no slot are a programming error and stop the program.
  public init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    if rest.last == UInt8(ascii: "\n") { rest.removeLast() }
    var parts: [Part] = []
    while let opening = rest.firstIndex(ofPair: UInt8(ascii: "{")) {
      parts.append(.literal(String(decoding: rest[..<opening], as: UTF8.self)))
      let inner = rest[(opening + 2)...]
      guard let closing = inner.firstIndex(ofPair: UInt8(ascii: "}")), inner[..<closing].allSatisfy(isNameByte),
        closing > inner.startIndex
      else {
        let line = String(decoding: inner.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        preconditionFailure("BUG: a template has '{{' that begins no slot: {{\(line)")
      }
      parts.append(.slot(String(decoding: inner[..<closing], as: UTF8.self)))
      rest = inner[(closing + 2)...]
    }
    parts.append(.literal(String(decoding: rest, as: UTF8.self)))
    self.parts = parts
  }

  /// The names of the slots, each once, in the order of the text.
  public var slots: [String] {
    parts.reduce(into: []) { names, part in
      if case .slot(let name) = part, !names.contains(name) { names.append(name) }
    }
  }

  /// The text with every slot replaced; a value keeps the settings it came from.
  ///
  /// A slot without a value, and a value without a slot, are programming errors and stop the program.
  public func filled<H: Hole>(_ values: KeyValuePairs<String, Text<H>>) -> Text<H> {
    let names = slots
    for (name, _) in values where !names.contains(name) {
      preconditionFailure("BUG: the template has no slot '\(name)'; it has \(names.joined(separator: ", "))")
    }
    return parts.reduce(into: Text()) { text, part in
      switch part {
      case .literal(let literal): text.append(literal)
      case .slot(let name):
        guard let value = values.first(where: { $0.key == name })?.value else {
          preconditionFailure("BUG: the template's slot '\(name)' has no value")
        }
        text.append(value)
      }
    }
  }
}

private func isNameByte(_ byte: UInt8) -> Bool {
  (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
}

extension ArraySlice<UInt8> {
  /// Where `byte` stands twice in a row.
  fileprivate func firstIndex(ofPair byte: UInt8) -> Int? {
    indices.dropLast().first { self[$0] == byte && self[$0 + 1] == byte }
  }
}
