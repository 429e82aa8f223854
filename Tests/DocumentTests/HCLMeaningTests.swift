import Foundation
import Testing

@testable import Document

/// What an expression means to Terraform is what its Swift twin computes.
@Suite struct HCLMeaningTests {
  @Test(arguments: [1, 20_261_122])
  func functionsMeanTheSame(seed: UInt64) throws {
    var random = Seeded(state: seed)
    var body = HCLBody()
    var expected: [String: String] = [:]
    for index in 0..<120 {
      let value = adversarialString(&random, lines: random.chance(30))
      let other = adversarialString(&random)
      body.append(.block("variable", "v\(index)", body: [.set("default", .string(value))]))
      let known = Text<Never>(.known(value), .arbitrary)
      let hole = Text<Expression>(.hole(.variable("v\(index)")), .arbitrary)
      var cases: [(Text<Never>, Text<Expression>)] = [
        (known, hole),
        (known.goTemplateLiteral, hole.goTemplateLiteral),
        (known.promQLEscaped, hole.promQLEscaped),
        (known.contentHash, hole.contentHash),
        ("\(other)\(known)\(other)\n", "\(other)\(hole)\(other)\n"),
        (Text(other + "\n"), Text(other + "\n")),
      ]
      // What YAML can't hold bare has an escape here and none in Terraform; no setting contains it.
      if !(value + other).unicodeScalars.contains(where: { (0x7f...0x9f).contains($0.value) }) {
        cases.append((known.jsonQuoted, hole.jsonQuoted))
        cases.append(
          (("\(other)$\(known)" as Text<Never>).jsonQuoted, ("\(other)$\(hole)" as Text<Expression>).jsonQuoted)
        )
      }
      for (number, (known, hole)) in cases.enumerated() {
        let name = "o\(index)_\(number)"
        expected[name] = known.string
        body.append(.block("output", name, body: [.set("value", Expression(hole.term.operand))]))
      }
    }
    let outputs = try planned(body).mapValues { $0 as? String }
    #expect(outputs.count == expected.count)
    for (name, value) in expected {
      #expect(outputs[name].flatMap { $0 }.map { Array($0.utf8) } == Array(value.utf8), "seed \(seed), \(name)")
    }
  }

  @Test(arguments: [7, 4242])
  func operatorsAndParentheses(seed: UInt64) throws {
    var random = Seeded(state: seed)
    var body = HCLBody()
    var expected: [Int] = []
    for index in 0..<300 {
      let (expression, value) = randomNumber(&random, depth: 5)
      expected.append(value)
      body.append(.block("output", "o\(index)", body: [.set("value", expression)]))
    }
    let outputs = try planned(body)
    for (index, value) in expected.enumerated() {
      #expect(outputs["o\(index)"] as? Int == value, "seed \(seed), o\(index)")
    }
  }

  private func randomNumber(_ random: inout Seeded, depth: Int) -> (Expression, Int) {
    if depth == 0 || random.chance(15) {
      let value = Int.random(in: -9...9, using: &random)
      return (.integer(value), value)
    }
    switch Int.random(in: 0..<7, using: &random) {
    case 0:
      let (condition, isTrue) = randomBoolean(&random, depth: depth - 1)
      let (left, first) = randomNumber(&random, depth: depth - 1)
      let (right, second) = randomNumber(&random, depth: depth - 1)
      return (.conditional(condition, then: left, else: right), isTrue ? first : second)
    case 1:
      let (inner, value) = randomNumber(&random, depth: depth - 1)
      return (.unary(.negative, inner), -value)
    case 2:
      let (left, first) = randomNumber(&random, depth: depth - 1)
      let (right, second) = randomNumber(&random, depth: depth - 1)
      return (.call("max", [left, right]), max(first, second))
    default:
      let (left, first) = randomNumber(&random, depth: depth - 1)
      let (right, second) = randomNumber(&random, depth: depth - 1)
      return switch random.pick([Expression.BinaryOperator.add, .subtract, .multiply]) {
      case .add: (.binary(left, .add, right), first + second)
      case .subtract: (.binary(left, .subtract, right), first - second)
      default: (.binary(left, .multiply, right), first * second)
      }
    }
  }

  private func randomBoolean(_ random: inout Seeded, depth: Int) -> (Expression, Bool) {
    if depth <= 0 || random.chance(20) {
      let value = random.chance(50)
      return (.boolean(value), value)
    }
    switch Int.random(in: 0..<5, using: &random) {
    case 0:
      let (inner, value) = randomBoolean(&random, depth: depth - 1)
      return (.unary(.not, inner), !value)
    case 1:
      let (left, first) = randomBoolean(&random, depth: depth - 1)
      let (right, second) = randomBoolean(&random, depth: depth - 1)
      return (left && right, first && second)
    case 2:
      let (left, first) = randomBoolean(&random, depth: depth - 1)
      let (right, second) = randomBoolean(&random, depth: depth - 1)
      return (left || right, first || second)
    case 3:
      let (left, first) = randomBoolean(&random, depth: depth - 1)
      let (right, second) = randomBoolean(&random, depth: depth - 1)
      return (.binary(left, .equal, right), first == second)
    default:
      let (left, first) = randomNumber(&random, depth: depth - 1)
      let (right, second) = randomNumber(&random, depth: depth - 1)
      return (.binary(left, .lessOrEqual, right), first <= second)
    }
  }
}
