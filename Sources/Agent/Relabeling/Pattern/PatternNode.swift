/// A regular expression, read.
indirect enum PatternNode: Hashable {
  case empty
  case scalars(ScalarSet)
  case assertion(PatternAssertion)
  case capture(Int, PatternNode)
  case sequence([PatternNode])
  case choice([PatternNode])
  /// - Parameter most: nothing for "any number".
  case repetition(PatternNode, least: Int, most: Int?, isGreedy: Bool)
}

/// A place, not a character.
enum PatternAssertion: UInt8, Hashable {
  case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary
}

/// Why a pattern can't be used, and where in it.
public struct PatternFailure: Error, Hashable, Sendable {
  /// Beginning in lower case, without a full stop.
  public let message: String
  /// Scalars before the place.
  public let offset: Int
}
