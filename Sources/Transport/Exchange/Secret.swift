/// A text that must not be shown: a password, a token, a key.
///
/// Descriptions, interpolations and dumps print a placeholder; who needs the text says `reveal()`.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let text: String

  public init(_ text: String) { self.text = text }

  public func reveal() -> String { text }

  public var description: String { "<secret>" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
