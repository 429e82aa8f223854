/// The value of any setting, for code that handles them all alike (the decoder, `explain`, tfvars, the schema).
package enum ScalarValue: Hashable, Sendable {
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case duration(PrometheusDuration)
  case quantity(Quantity)
  case text(String)
}

/// A Swift type that a setting can have.
package protocol SettingValue: Hashable, Sendable {
  init?(_ value: ScalarValue)
  var scalar: ScalarValue { get }
}

extension Bool: SettingValue {
  package init?(_ value: ScalarValue) { if case .boolean(let it) = value { self = it } else { return nil } }
  package var scalar: ScalarValue { .boolean(self) }
}
extension Int: SettingValue {
  package init?(_ value: ScalarValue) { if case .integer(let it) = value { self = it } else { return nil } }
  package var scalar: ScalarValue { .integer(self) }
}
extension Double: SettingValue {
  package init?(_ value: ScalarValue) { if case .number(let it) = value { self = it } else { return nil } }
  package var scalar: ScalarValue { .number(self) }
}
extension PrometheusDuration: SettingValue {
  package init?(_ value: ScalarValue) { if case .duration(let it) = value { self = it } else { return nil } }
  package var scalar: ScalarValue { .duration(self) }
}
extension Quantity: SettingValue {
  package init?(_ value: ScalarValue) { if case .quantity(let it) = value { self = it } else { return nil } }
  package var scalar: ScalarValue { .quantity(self) }
}
extension String: SettingValue {
  package init?(_ value: ScalarValue) { if case .text(let it) = value { self = it } else { return nil } }
  package var scalar: ScalarValue { .text(self) }
}

/// A closed set of words. Its settings are structural: they decide which objects exist, not a value inside one.
package protocol Choice: SettingValue, RawRepresentable, CaseIterable where RawValue == String {
  /// What choosing this means, for `explain`, the schema and docs/settings.md.
  var meaning: String { get }
}

extension Choice {
  package init?(_ value: ScalarValue) {
    guard case .text(let word) = value, let choice = Self(rawValue: word) else { return nil }
    self = choice
  }
  package var scalar: ScalarValue { .text(rawValue) }
}

extension PrometheusVersion: SettingValue {
  package init?(_ value: ScalarValue) {
    guard case .text(let text) = value, let version = PrometheusVersion(text) else { return nil }
    self = version
  }
  package var scalar: ScalarValue { .text(description) }
}
