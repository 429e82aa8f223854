/// Why bytes aren't the JSON that was expected, and where that showed.
package struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What should have stood there.
  package let expected: String
  /// Counted from 1.
  package let line: Int
  /// Counted from 1, in Unicode scalars.
  package let column: Int

  package init(expected: String, line: Int, column: Int) {
    self.expected = expected
    self.line = line
    self.column = column
  }

  package var description: String { "line \(line), column \(column): expected \(expected)" }
}
