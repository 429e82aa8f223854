/// A piece of an HTML document.
///
/// There is no way to say markup in a string: text is escaped where it is written, tags and names of attributes are of fixed sets, and what is
/// written as it stands are the two files of `Asset`. So whatever a target calls itself stays text.
indirect enum Markup: Sendable {
  case text(String)
  case element(Tag, [Attribute], [Markup])
  case asset(Asset)
}

extension Markup: ExpressibleByStringInterpolation {
  /// Text; what is interpolated is text, too.
  init(stringLiteral text: String) { self = .text(text) }
}

extension Tag {
  /// An element of this kind.
  func callAsFunction(_ attributes: Attribute..., content: [Markup] = []) -> Markup {
    .element(self, attributes, content)
  }

  /// An element of this kind around a text.
  func callAsFunction(_ attributes: Attribute..., text: String) -> Markup {
    .element(self, attributes, [.text(text)])
  }
}
