import Document

/// A hole that remembers what is done to it, so that it can be filled later: the least that Terraform does.
indirect enum Formula: Hole {
  case value(Operand<Formula>)
  case applying(ScalarFunction, Formula)
  case joined([Operand<Formula>])

  func applying(_ function: ScalarFunction) -> Formula { .applying(function, self) }
  func joined(before: [Operand<Formula>], after: [Operand<Formula>]) -> Formula {
    .joined(before + [.hole(self)] + after)
  }

  func combined(_ operation: BinaryOperation, with other: Operand<Formula>, holeIsOn side: OperandSide) -> Formula {
    preconditionFailure("no printer computes")
  }
  func choosing(_ consequence: Operand<Formula>, else alternative: Operand<Formula>) -> Formula {
    preconditionFailure("no printer chooses")
  }

  /// What stands in the hole's place once its values are known.
  var filled: String {
    switch self {
    case .value(let operand): operand.filled
    case .applying(.jsonQuoted, let formula): quotedAsJSON(formula.filled)
    case .applying(.promQLEscaped, let formula): escapedForPromQL(formula.filled)
    case .applying(.goTemplateLiteral, let formula): escapedForGoTemplate(formula.filled)
    case .applying(let function, _): preconditionFailure("no printer applies \(function)")
    case .joined(let operands): operands.map(\.filled).joined()
    }
  }
}

extension Operand<Formula> {
  fileprivate var filled: String {
    switch self {
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): spelledNumber(value)
    case .text(let value): value
    case .hole(let formula): formula.filled
    }
  }
}

extension Text<Formula> {
  /// The text with its holes filled.
  var filled: String {
    pieces.map { piece in
      switch piece {
      case .literal(let literal): literal
      case .slot(let term, _): term.operand.filled
      }
    }.joined()
  }
}
