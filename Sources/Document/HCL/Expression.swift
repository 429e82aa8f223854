/// A Terraform expression: what fills a hole in a document that Terraform completes.
///
/// Source: HCL native syntax specification, "Expressions".
package indirect enum Expression: Hashable, Sendable {
  /// A path into Terraform's values, `var.cluster_name`, `local.agent_config`, `aws_kms_key.this[0].arn`.
  case reference(String, Kind = .any)
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  /// A string, with other values in its middle.
  case template([Part])
  case unary(UnaryOperator, Expression)
  case binary(Expression, BinaryOperator, Expression)
  case conditional(Expression, then: Expression, else: Expression)
  case call(String, [Expression])
  case index(Expression, Expression)
  case list([Expression])
  case object([Field])
  /// `[for each in collection : value]`
  case forList(each: [String], in: Expression, value: Expression)
  /// `{ for each in collection : key => value }`
  case forObject(each: [String], in: Expression, key: Expression, value: Expression)
  /// An expression that stands where a setting's value does.
  case traced(Expression, Origins)

  /// What is known of a reference's type.
  package enum Kind: Hashable, Sendable { case any, text }

  package enum Part: Hashable, Sendable {
    case literal(String)
    case interpolation(Expression)
  }

  package struct Field: Hashable, Sendable {
    package var key: String
    package var value: Expression
    package var comment: String?

    package init(_ key: String, _ value: Expression, comment: String? = nil) {
      self.key = key
      self.value = value
      self.comment = comment
    }
  }

  package enum UnaryOperator: String, Hashable, Sendable {
    case not = "!"
    case negative = "-"
  }

  package enum BinaryOperator: String, Hashable, Sendable {
    case or = "||"
    case and = "&&"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"

    /// Binds tighter where greater; operators of one level group from the left.
    var precedence: Int {
      switch self {
      case .or: 1
      case .and: 2
      case .equal, .notEqual: 3
      case .less, .lessOrEqual, .greater, .greaterOrEqual: 4
      case .add, .subtract: 5
      case .multiply, .divide, .remainder: 6
      }
    }
  }
}

extension Expression {
  /// A string without holes.
  package static func string(_ text: String) -> Expression { .template(text.isEmpty ? [] : [.literal(text)]) }

  /// The variable of a setting.
  package static func variable(_ name: String, _ kind: Kind = .any, from origins: Origins = []) -> Expression {
    let reference = Expression.reference("var.\(name)", kind)
    return origins.isEmpty ? reference : .traced(reference, origins)
  }

  package static func fields(_ pairs: KeyValuePairs<String, Expression>) -> Expression {
    .object(pairs.map { Field($0.key, $0.value) })
  }

  /// The expression without the marks of where it came from.
  package var untraced: Expression {
    if case .traced(let inner, _) = self { inner.untraced } else { self }
  }

  package subscript(index: Expression) -> Expression { .index(self, index) }

  package static func || (left: Expression, right: Expression) -> Expression { .binary(left, .or, right) }
  package static func && (left: Expression, right: Expression) -> Expression { .binary(left, .and, right) }
}

extension Expression: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .integer(value) }
  package init(booleanLiteral value: Bool) { self = .boolean(value) }
  package init(arrayLiteral elements: Expression...) { self = .list(elements) }
  package init(dictionaryLiteral elements: (String, Expression)...) {
    self = .object(elements.map { Field($0, $1) })
  }
  package init(stringInterpolation: Interpolation) { self = .template(stringInterpolation.parts) }

  package struct Interpolation: StringInterpolationProtocol {
    var parts: [Part] = []

    package init(literalCapacity: Int, interpolationCount: Int) {}
    package mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { parts.append(.literal(literal)) }
    }
    package mutating func appendInterpolation(_ expression: Expression) { parts.append(.interpolation(expression)) }
    package mutating func appendInterpolation(_ literal: String) { appendLiteral(literal) }
  }
}
