extension Expression: Hole {
  public func applying(_ function: ScalarFunction) -> Expression {
    switch function {
    // A number or boolean in a text is a string there, and quoted as one.
    case .jsonQuoted: .call("jsonencode", [asString])
    case .goTemplateLiteral: .call("replace", [self, "{", .string(goTemplateBrace)])
    case .promQLEscaped:
      .call(
        "replace",
        [.call("replace", [.call("replace", [self, "\\", "\\\\"]), "\"", "\\\""]), "\n", "\\n"]
      )
    case .contentHash: .call("substr", [.call("sha256", [self]), 0, 10])
    case .seconds: .milliseconds(of: self, units: .durationUnits).divided(by: 1000)
    case .quantityValue: .thousandths(of: self, units: .quantityUnits).divided(by: 1000)
    case .floor: .call("floor", [self])
    case .not: .unary(.not, self)
    }
  }

  public func combined(
    _ operation: BinaryOperation,
    with other: Operand<Expression>,
    holeIsOn side: OperandSide
  ) -> Expression {
    let other = Expression(other)
    let (left, right) = side == .left ? (self, other) : (other, self)
    func infix(_ symbol: BinaryOperator) -> Expression { .binary(left, symbol, right) }
    return switch operation {
    case .add: infix(.add)
    case .subtract: infix(.subtract)
    case .multiply: infix(.multiply)
    case .divide: infix(.divide)
    case .remainder: infix(.remainder)
    case .equal: infix(.equal)
    case .less: infix(.less)
    case .lessOrEqual: infix(.lessOrEqual)
    case .and: infix(.and)
    case .or: infix(.or)
    case .minimum: .call("min", [left, right])
    case .maximum: .call("max", [left, right])
    }
  }

  public func choosing(_ consequence: Operand<Expression>, else alternative: Operand<Expression>) -> Expression {
    .conditional(self, then: Expression(consequence), else: Expression(alternative))
  }

  public func joined(before: [Operand<Expression>], after: [Operand<Expression>]) -> Expression {
    .template((before.map(Part.init) + [.interpolation(self)] + after.map(Part.init)).flatMap(\.flattened))
  }

  public init(_ operand: Operand<Expression>) {
    switch operand {
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = .integer(value)
    case .number(let value): self = .number(value)
    case .text(let value): self = .string(value)
    case .hole(let expression): self = expression
    }
  }

  /// The expression as a string, whatever its type.
  private var asString: Expression {
    switch untraced {
    case .template(let parts) where parts.count != 1: self
    case .reference(_, .text), .call("replace", _), .call("substr", _), .call("jsonencode", _): self
    default: .call("tostring", [self])
    }
  }

  private func divided(by divisor: Int) -> Expression { .binary(self, .divide, .integer(divisor)) }
}

extension Expression.Part {
  fileprivate init(_ operand: Operand<Expression>) {
    if case .text(let literal) = operand {
      self = .literal(literal)
    } else {
      self = .interpolation(Expression(operand))
    }
  }

  /// A template inside a template is as good as its parts.
  fileprivate var flattened: [Expression.Part] {
    if case .interpolation(.template(let parts)) = self { parts } else { [self] }
  }
}

// The grammars of durations and quantities are other systems' (Prometheus, Kubernetes); what is here is how to add up
// "number, unit" pairs in Terraform. Units are integers and the division comes last, so that no fraction is rounded.
extension Expression {
  /// Milliseconds of each unit of a duration.
  public static let durationUnits: Expression = [
    "y": 31_536_000_000, "w": 604_800_000, "d": 86_400_000, "h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1,
  ]

  /// Thousandths that each suffix of a quantity stands for.
  public static let quantityUnits: Expression = [
    "": 1000, "m": 1, "k": 1_000_000, "M": 1_000_000_000, "G": 1_000_000_000_000, "T": 1_000_000_000_000_000,
    "Ki": 1_024_000, "Mi": 1_048_576_000, "Gi": 1_073_741_824_000, "Ti": 1_099_511_627_776_000,
  ]

  /// The sum of a duration's parts, with `units` an object or a reference to one.
  public static func milliseconds(of text: Expression, units: Expression) -> Expression {
    sum(of: "([0-9]+)(ms|[ywdhms])", in: text, units: units)
  }

  public static func thousandths(of text: Expression, units: Expression) -> Expression {
    sum(of: "^([0-9]+)([a-zA-Z]*)$", in: text, units: units)
  }

  private static func sum(of pattern: String, in text: Expression, units: Expression) -> Expression {
    let part = Expression.reference("part")
    return .call(
      "sum",
      [
        .forList(
          each: ["part"],
          in: .call("regexall", [.string(pattern), text]),
          value: .binary(part[0], .multiply, units[part[1]])
        )
      ]
    )
  }
}
