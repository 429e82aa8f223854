/// Why bytes aren't the JSON that was expected, and where that showed.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What should have stood there.
  public let expected: String
  /// Counted from 1.
  public let line: Int
  /// Counted from 1, in Unicode scalars.
  public let column: Int

  public init(expected: String, line: Int, column: Int) {
    self.expected = expected
    self.line = line
    self.column = column
  }

  public var description: String { "line \(line), column \(column): expected \(expected)" }
}
