/// A value that a document can spell and compute with.
public protocol TermValue: Hashable, Sendable {
  func operand<H>(for hole: H.Type) -> Operand<H>
}

extension Bool: TermValue { public func operand<H>(for hole: H.Type) -> Operand<H> { .boolean(self) } }
extension Int: TermValue { public func operand<H>(for hole: H.Type) -> Operand<H> { .integer(self) } }
extension Double: TermValue { public func operand<H>(for hole: H.Type) -> Operand<H> { .number(self) } }
extension String: TermValue { public func operand<H>(for hole: H.Type) -> Operand<H> { .text(self) } }

/// A value that is known while rendering, or a hole, together with the settings it follows from.
public struct Term<Value: TermValue, H: Hole>: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    case known(Value)
    case hole(H)
  }

  public var content: Content
  public var origins: Origins

  public init(_ content: Content, from origins: Origins = []) {
    self.content = content
    self.origins = origins
  }

  public static func known(_ value: Value, from origins: Origins = []) -> Term { Term(.known(value), from: origins) }
  public static func hole(_ hole: H, from origins: Origins = []) -> Term { Term(.hole(hole), from: origins) }

  public var operand: Operand<H> {
    switch content {
    case .known(let value): value.operand(for: H.self)
    case .hole(let hole): .hole(hole)
    }
  }
}

extension Term where H == Never {
  /// The value: a term without holes always has one.
  public var value: Value {
    switch content {
    case .known(let value): value
    }
  }
}

extension Term {
  /// Applies `known` to a known value; a hole grows by `function`. Both must mean the same.
  public func applying<Result>(_ function: ScalarFunction, known: (Value) -> Result) -> Term<Result, H> {
    switch content {
    case .known(let value): .known(known(value), from: origins)
    case .hole(let hole): .hole(hole.applying(function), from: origins)
    }
  }

  /// `self operation other`, computed by `known` where both sides are.
  public func combined<Other, Result>(
    _ operation: BinaryOperation,
    with other: Term<Other, H>,
    known: (Value, Other) -> Result
  ) -> Term<Result, H> {
    let origins = origins.union(other.origins)
    return switch (content, other.content) {
    case (.known(let left), .known(let right)): .known(known(left, right), from: origins)
    case (.hole(let left), _): .hole(left.combined(operation, with: other.operand, holeIsOn: .left), from: origins)
    case (.known, .hole(let right)): .hole(right.combined(operation, with: operand, holeIsOn: .right), from: origins)
    }
  }
}

extension Term: ExpressibleByIntegerLiteral where Value == Int {
  public init(integerLiteral value: Int) { self = .known(value) }

  public static func + (left: Term, right: Term) -> Term { left.combined(.add, with: right, known: +) }
  public static func - (left: Term, right: Term) -> Term { left.combined(.subtract, with: right, known: -) }
  public static func * (left: Term, right: Term) -> Term { left.combined(.multiply, with: right, known: *) }
  /// Division without a remainder; both sides must be known to divide, as HCL's `/` gives fractions.
  public static func / (left: Term, right: Term) -> Term { left.combined(.divide, with: right, known: /) }
  public static func < (left: Term, right: Term) -> Term<Bool, H> { left.combined(.less, with: right, known: <) }
  public static func == (left: Term, right: Term) -> Term<Bool, H> { left.combined(.equal, with: right, known: ==) }
}

extension Term where Value == Double {
  public static func + (left: Term, right: Term) -> Term { left.combined(.add, with: right, known: +) }
  public static func - (left: Term, right: Term) -> Term { left.combined(.subtract, with: right, known: -) }
  public static func * (left: Term, right: Term) -> Term { left.combined(.multiply, with: right, known: *) }
  public static func / (left: Term, right: Term) -> Term { left.combined(.divide, with: right, known: /) }

  public func minimum(_ other: Term) -> Term { combined(.minimum, with: other, known: Swift.min) }
  public func maximum(_ other: Term) -> Term { combined(.maximum, with: other, known: Swift.max) }
  /// The largest integer that is not greater.
  public var floor: Term<Int, H> { applying(.floor) { Int($0.rounded(.down)) } }
}

extension Term where Value == Bool {
  public static func && (left: Term, right: Term) -> Term { left.combined(.and, with: right) { $0 && $1 } }
  public static func || (left: Term, right: Term) -> Term { left.combined(.or, with: right) { $0 || $1 } }
  public static prefix func ! (term: Term) -> Term { term.applying(.not) { !$0 } }

  /// `consequence` where this holds, `alternative` otherwise.
  public func choosing<Choice>(_ consequence: Term<Choice, H>, else alternative: Term<Choice, H>) -> Term<Choice, H> {
    let all = origins.union(consequence.origins).union(alternative.origins)
    return switch content {
    case .known(let condition): Term<Choice, H>((condition ? consequence : alternative).content, from: all)
    case .hole(let hole): .hole(hole.choosing(consequence.operand, else: alternative.operand), from: all)
    }
  }
}
