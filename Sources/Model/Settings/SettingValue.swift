/// The value of any setting, for code that handles them all alike (the decoder, `explain`, tfvars, the schema).
public enum ScalarValue: Hashable, Sendable {
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case duration(PrometheusDuration)
  case quantity(Quantity)
  case text(String)
}

/// A Swift type that a setting can have.
public protocol SettingValue: Hashable, Sendable {
  init?(_ value: ScalarValue)
  var scalar: ScalarValue { get }
}

extension Bool: SettingValue {
  public init?(_ value: ScalarValue) { if case .boolean(let it) = value { self = it } else { return nil } }
  public var scalar: ScalarValue { .boolean(self) }
}
extension Int: SettingValue {
  public init?(_ value: ScalarValue) { if case .integer(let it) = value { self = it } else { return nil } }
  public var scalar: ScalarValue { .integer(self) }
}
extension Double: SettingValue {
  public init?(_ value: ScalarValue) { if case .number(let it) = value { self = it } else { return nil } }
  public var scalar: ScalarValue { .number(self) }
}
extension PrometheusDuration: SettingValue {
  public init?(_ value: ScalarValue) { if case .duration(let it) = value { self = it } else { return nil } }
  public var scalar: ScalarValue { .duration(self) }
}
extension Quantity: SettingValue {
  public init?(_ value: ScalarValue) { if case .quantity(let it) = value { self = it } else { return nil } }
  public var scalar: ScalarValue { .quantity(self) }
}
extension String: SettingValue {
  public init?(_ value: ScalarValue) { if case .text(let it) = value { self = it } else { return nil } }
  public var scalar: ScalarValue { .text(self) }
}

/// A closed set of words. Its settings are structural: they decide which objects exist, not a value inside one.
public protocol Choice: SettingValue, RawRepresentable, CaseIterable where RawValue == String {
  /// What choosing this means, for `explain`, the schema and docs/settings.md.
  var meaning: String { get }
}

extension Choice {
  public init?(_ value: ScalarValue) {
    guard case .text(let word) = value, let choice = Self(rawValue: word) else { return nil }
    self = choice
  }
  public var scalar: ScalarValue { .text(rawValue) }
}

extension PrometheusVersion: SettingValue {
  public init?(_ value: ScalarValue) {
    guard case .text(let text) = value, let version = PrometheusVersion(text) else { return nil }
    self = version
  }
  public var scalar: ScalarValue { .text(description) }
}
