/// What a document may leave open for its reader to fill in.
///
/// A document is generic over its holes. `Never` has no values, so a `Tree<Never>` is complete and can be printed as
/// YAML or JSON; a `Tree<Expression>` has holes that Terraform fills and can only reach an HCL file. Computing with a
/// hole gives a larger hole: each requirement takes `self`, the hole, so that `Never` implements all of them for nothing.
public protocol Hole: Hashable, Sendable {
  /// The hole that holds `function` of this one.
  func applying(_ function: ScalarFunction) -> Self

  /// The hole for `self operation other`, or `other operation self` where the hole is on the right.
  func combined(_ operation: BinaryOperation, with other: Operand<Self>, holeIsOn side: OperandSide) -> Self

  /// The hole for `self ? consequence : alternative`.
  func choosing(_ consequence: Operand<Self>, else alternative: Operand<Self>) -> Self

  /// The hole for a text that has this one in its middle: one string of `before`, `self` and `after`.
  func joined(before: [Operand<Self>], after: [Operand<Self>]) -> Self
}

/// Functions that exist on both sides: computed here for a known value, spelled out for a hole.
public enum ScalarFunction: Hashable, Sendable {
  /// A string as a JSON string literal, quotes included, with the escapes Terraform's `jsonencode` uses.
  case jsonQuoted
  /// A string inside a Go template (an alert annotation): each `{` becomes `goTemplateBrace`.
  case goTemplateLiteral
  /// A string inside a double-quoted PromQL or Go string, without the quotes.
  case promQLEscaped
  /// The first ten hexadecimal digits of the SHA-256 of a string's UTF-8.
  case contentHash
  /// A Prometheus duration as a number of seconds.
  case seconds
  /// A Kubernetes quantity as a number of bytes (or cores).
  case quantityValue
  /// A number without its fraction, towards minus infinity.
  case floor
  /// Logical negation.
  case not
}

/// Operations that exist on both sides; the raw value is how HCL spells them.
public enum BinaryOperation: String, Hashable, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case equal = "=="
  case less = "<"
  case lessOrEqual = "<="
  case and = "&&"
  case or = "||"
  case minimum = "min"
  case maximum = "max"
}

/// Where the hole stands in an operation that can't be turned round.
public enum OperandSide: Hashable, Sendable { case left, right }

/// One side of an operation: a value, or another hole.
public enum Operand<H: Hole>: Hashable, Sendable {
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case hole(H)
}

// `Never` has no values, so `switch self {}` is the whole implementation, and the compiler agrees.
extension Never: Hole {
  public func applying(_ function: ScalarFunction) -> Never { switch self {} }
  public func combined(_ operation: BinaryOperation, with other: Operand<Never>, holeIsOn side: OperandSide) -> Never {
    switch self {}
  }
  public func choosing(_ consequence: Operand<Never>, else alternative: Operand<Never>) -> Never { switch self {} }
  public func joined(before: [Operand<Never>], after: [Operand<Never>]) -> Never { switch self {} }
}
