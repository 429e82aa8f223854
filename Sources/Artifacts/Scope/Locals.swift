import Document

/// The local values that content asked for, in the order of asking.
final class Locals {
  private var durations: [Expression.Field] = []
  private var quantities: [Expression.Field] = []
  private var cores: [Expression.Field] = []
  private var computed: [Expression.Field] = []
  private(set) var texts: [Expression.Field] = []

  func addDuration(_ name: String, _ variable: Expression) { add(name, variable, to: &durations) }
  func addQuantity(_ name: String, _ variable: Expression) { add(name, variable, to: &quantities) }
  func addCores(_ name: String, _ variable: Expression) { add(name, variable, to: &cores) }
  func addComputed(_ name: String, _ value: Expression) { add(name, value, to: &computed) }
  func addText(_ name: String, _ text: Expression) { add(name, text, to: &texts) }

  private func add(_ name: String, _ value: Expression, to fields: inout [Expression.Field]) {
    if let existing = fields.first(where: { $0.key == name }) {
      precondition(existing.value == value, "BUG: two local values are called '\(name)'")
    } else {
      fields.append(.init(name, value))
    }
  }

  /// Lengths and sizes as numbers, to compute with, and the units that the variables' validation adds up too.
  var numbers: HCLBody {
    var body = HCLBody()
    func add(_ name: String, _ fields: [Expression.Field], _ value: Expression) {
      body.append(
        .set(
          name,
          .forObject(each: ["name", "text"], in: .object(fields), key: .reference("name"), value: value)
        )
      )
    }
    let text = Expression.reference("text")
    body.append(.set("milliseconds_per_unit", .durationUnits))
    body.append(.blank)
    body.append(.set("thousandths_per_unit", .quantityUnits))
    if !durations.isEmpty {
      body.append(.blank)
      let milliseconds = Expression.milliseconds(of: text, units: .reference("local.milliseconds_per_unit"))
      add("seconds", durations, .binary(milliseconds, .divide, 1000))
    }
    for (name, fields) in [("bytes", quantities), ("cores", cores)] where !fields.isEmpty {
      body.append(.blank)
      let thousandths = Expression.thousandths(of: text, units: .reference("local.thousandths_per_unit"))
      add(name, fields, .binary(thousandths, .divide, 1000))
    }
    for field in computed {
      body.append(.blank)
      body.append(.set(field.key, field.value))
    }
    return body
  }
}
