import Document
import Model

/// The condition a variable's value has to meet, and what to write instead where it doesn't.
struct VariableValidation {
  let condition: Expression
  let requirement: String
}

extension SettingInfo {
  /// The setting's domain as Terraform checks it; `nil` where the type alone says it all.
  ///
  /// - Parameter subject: what stands for the value.
  func validation(of subject: Expression) -> VariableValidation? {
    func compare(_ left: Expression, _ operation: Expression.BinaryOperator, _ right: Expression) -> Expression {
      .binary(left, operation, right)
    }
    func within(_ value: Expression, _ low: Expression, _ high: Expression) -> Expression {
      compare(value, .greaterOrEqual, low) && compare(value, .lessOrEqual, high)
    }
    func matches(_ pattern: String) -> Expression { .call("can", [.call("regex", [.string(pattern), subject])]) }
    // A text of the pattern whose parts add up to something in between; where it has no part, there is no sum.
    func sums(_ pattern: String, _ sum: Expression, _ low: Int, _ high: Int) -> Expression {
      let total = Expression.reference("total")
      return .call(
        "alltrue",
        [
          [
            matches(pattern),
            .call(
              "alltrue",
              [
                .forList(
                  each: ["total"],
                  in: [.call("try", [sum, -1])],
                  value: within(total, .integer(low), .integer(high))
                )
              ]
            ),
          ]
        ]
      )
    }

    switch domain {
    case .boolean, .choice: return nil
    case .integer(let range):
      let whole = compare(.call("floor", [subject]), .equal, subject)
      return VariableValidation(
        condition: within(subject, .integer(range.lowerBound), .integer(range.upperBound)) && whole,
        requirement: "a whole number from \(range.lowerBound) to \(range.upperBound)"
      )
    case .oneOf(let values):
      return VariableValidation(
        condition: .call("contains", [.list(values.map { .integer($0) }), subject]),
        requirement: "one of \(values.map(String.init).joined(separator: ", "))"
      )
    case .number(let range):
      return VariableValidation(
        condition: within(subject, .number(range.lowerBound), .number(range.upperBound)),
        requirement: "a number from \(spelledNumber(range.lowerBound)) to \(spelledNumber(range.upperBound))"
      )
    case .duration(let range):
      return VariableValidation(
        condition: sums(
          PrometheusDuration.pattern,
          .milliseconds(of: subject, units: .reference("local.milliseconds_per_unit")),
          range.lowerBound.milliseconds,
          range.upperBound.milliseconds
        ),
        requirement:
          "a duration from \(range.lowerBound.spelling) to \(range.upperBound.spelling), such as 30s or 1h30m"
      )
    case .bytes(let range), .cores(let range):
      let example = if case .bytes = domain { "10Gi" } else { "500m or 2" }
      return VariableValidation(
        condition: sums(
          Quantity.pattern,
          .thousandths(of: subject, units: .reference("local.thousandths_per_unit")),
          range.lowerBound.thousandths,
          range.upperBound.thousandths
        ),
        requirement: "a quantity from \(range.lowerBound.spelling) to \(range.upperBound.spelling), such as \(example)"
      )
    case .text(let format):
      return VariableValidation(condition: matches(format.pattern), requirement: format.description)
    }
  }

  var terraformType: String {
    switch domain {
    case .boolean: "bool"
    case .integer, .oneOf, .number: "number"
    case .duration, .bytes, .cores, .text, .choice: "string"
    }
  }

  /// One sentence for people, with the unit.
  var terraformDescription: String {
    guard let unit, !summary.lowercased().contains(unit) else { return summary }
    return "\(summary) (\(unit))"
  }
}

extension ScalarValue {
  /// The value as Terraform writes it.
  var expression: Expression {
    switch self {
    case .boolean(let it): .boolean(it)
    case .integer(let it): .integer(it)
    case .number(let it): .number(it)
    case .duration, .quantity, .text: .string(spelling)
    }
  }
}
