/// How much something wants to be looked at. It always comes with a shape and a word: colour alone tells some readers nothing.
public enum Level: Int, Hashable, Sendable, Comparable {
  /// Nothing is to be said of it yet.
  case idle
  case good
  /// Something is under way that ends by itself.
  case note
  case warn
  case bad

  public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }

  var style: Style {
    switch self {
    case .idle: .idle
    case .good: .good
    case .note: .note
    case .warn: .warn
    case .bad: .bad
    }
  }
}
