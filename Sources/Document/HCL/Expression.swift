/// A Terraform expression: what fills a hole in a document that Terraform completes.
///
/// Source: HCL native syntax specification, "Expressions".
public indirect enum Expression: Hashable, Sendable {
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
  public enum Kind: Hashable, Sendable { case any, text }

  public enum Part: Hashable, Sendable {
    case literal(String)
    case interpolation(Expression)
  }

  public struct Field: Hashable, Sendable {
    public var key: String
    public var value: Expression
    public var comment: String?

    public init(_ key: String, _ value: Expression, comment: String? = nil) {
      self.key = key
      self.value = value
      self.comment = comment
    }
  }

  public enum UnaryOperator: String, Hashable, Sendable {
    case not = "!"
    case negative = "-"
  }

  public enum BinaryOperator: String, Hashable, Sendable {
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
  public static func string(_ text: String) -> Expression { .template(text.isEmpty ? [] : [.literal(text)]) }

  /// The variable of a setting.
  public static func variable(_ name: String, _ kind: Kind = .any, from origins: Origins = []) -> Expression {
    let reference = Expression.reference("var.\(name)", kind)
    return origins.isEmpty ? reference : .traced(reference, origins)
  }

  public static func fields(_ pairs: KeyValuePairs<String, Expression>) -> Expression {
    .object(pairs.map { Field($0.key, $0.value) })
  }

  /// The expression without the marks of where it came from.
  public var untraced: Expression {
    if case .traced(let inner, _) = self { inner.untraced } else { self }
  }

  public subscript(index: Expression) -> Expression { .index(self, index) }

  public static func || (left: Expression, right: Expression) -> Expression { .binary(left, .or, right) }
  public static func && (left: Expression, right: Expression) -> Expression { .binary(left, .and, right) }
}

extension Expression: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  public init(arrayLiteral elements: Expression...) { self = .list(elements) }
  public init(dictionaryLiteral elements: (String, Expression)...) {
    self = .object(elements.map { Field($0, $1) })
  }
  public init(stringInterpolation: Interpolation) { self = .template(stringInterpolation.parts) }

  public struct Interpolation: StringInterpolationProtocol {
    var parts: [Part] = []

    public init(literalCapacity: Int, interpolationCount: Int) {}
    public mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { parts.append(.literal(literal)) }
    }
    public mutating func appendInterpolation(_ expression: Expression) { parts.append(.interpolation(expression)) }
    public mutating func appendInterpolation(_ literal: String) { appendLiteral(literal) }
  }
}
