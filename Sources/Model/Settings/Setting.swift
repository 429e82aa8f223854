/// What values a setting takes: its type, and the bounds inside it.
public enum Domain: Hashable, Sendable {
  case boolean
  case integer(ClosedRange<Int>)
  /// An integer out of a list, ascending.
  case oneOf([Int])
  case number(ClosedRange<Double>)
  case duration(ClosedRange<PrometheusDuration>)
  /// Bytes; the unit suffix is required.
  case bytes(ClosedRange<Quantity>)
  /// Cores, `500m` or `2`.
  case cores(ClosedRange<Quantity>)
  case text(TextFormat)
  /// A word out of a list, with what each means.
  case choice([ChoiceWord])

  public struct ChoiceWord: Hashable, Sendable {
    public let word: String
    public let meaning: String
  }
}

/// Everything there is to know about a setting, without its Swift type.
///
/// One table of these (`SettingsTable.all`) feeds the decoder, `variables.tf` with its validation, tfvars, the JSON
/// Schema, `explain` and docs/settings.md.
///
/// Settings are told apart by their paths. A class, as each is handed around a thousand times for one environment, and made once.
public final class SettingInfo: Hashable, Sendable {
  /// The path in the model file, `load.scrape_interval`.
  public let path: String
  public let domain: Domain
  public let defaultValue: ScalarValue
  /// What the number counts: `samples`, `minutes`; `nil` where the value carries its unit or has none.
  public let unit: String?
  /// One sentence for people, without a full stop.
  public let summary: String
  /// Where the default comes from: a section of the specification this project started from, or upstream's document.
  public let source: String
  /// Structural settings decide which objects exist. They are fixed when rendering and have no Terraform variable.
  public let isStructural: Bool

  /// The keys from the top of the file to the value.
  public let keys: [String]

  /// The Terraform variable: the path in one word.
  public let terraformName: String

  fileprivate init(
    _ path: String,
    _ domain: Domain,
    default value: ScalarValue,
    unit: String? = nil,
    _ summary: String,
    source: String,
    isStructural: Bool
  ) {
    self.path = path
    self.domain = domain
    defaultValue = value
    self.unit = unit
    self.summary = summary
    self.source = source
    self.isStructural = isStructural
    keys = path.utf8.split(separator: UInt8(ascii: ".")).map { String(decoding: $0, as: UTF8.self) }
    terraformName = keys.joined(separator: "_")
  }

  /// The same setting at another place of the file, where it is fixed when rendering.
  func placed(at path: String, _ summary: String) -> SettingInfo {
    SettingInfo(path, domain, default: defaultValue, unit: unit, summary, source: source, isStructural: true)
  }

  public static func == (left: SettingInfo, right: SettingInfo) -> Bool { left === right || left.path == right.path }
  public func hash(into hasher: inout Hasher) { hasher.combine(path) }
}

/// A setting with a value that artifacts contain: baked into Kubernetes YAML, a live variable in Terraform.
///
/// That `Value` is a `SettingValue` is required by what makes and reads settings, not here: the runtime would look for the conformance
/// of each such type among all of the program's.
public struct Setting<Value>: Sendable {
  public let info: SettingInfo
}

extension Setting where Value: SettingValue {
  /// The table's entry with its type again, for code that walks the table. `Value` must be the domain's.
  public init(_ info: SettingInfo) {
    precondition(!info.isStructural && Value(info.defaultValue) != nil, "BUG: \(info.path) is of another type")
    self.info = info
  }
}

/// A setting that decides the shape of artifacts, known whenever something is rendered.
public struct Structural<Value>: Sendable {
  public let info: SettingInfo
}

extension Structural where Value: SettingValue {
  public init(_ path: String, _ domain: Domain, default value: Value, _ summary: String, source: String) {
    info = SettingInfo(path, domain, default: value.scalar, summary, source: source, isStructural: true)
  }
}

extension Structural where Value: Choice {
  public init(_ path: String, default value: Value, _ summary: String, source: String) {
    let words = Value.allCases.map { Domain.ChoiceWord(word: $0.rawValue, meaning: $0.meaning) }
    self.init(path, .choice(words), default: value, summary, source: source)
  }
}

extension Setting where Value: SettingValue {
  private init(_ path: String, _ domain: Domain, _ value: Value, _ unit: String?, _ summary: String, _ source: String) {
    info = SettingInfo(path, domain, default: value.scalar, unit: unit, summary, source: source, isStructural: false)
  }
}

extension Setting where Value == Bool {
  public init(_ path: String, default value: Bool, _ summary: String, source: String) {
    self.init(path, .boolean, value, nil, summary, source)
  }
}

extension Setting where Value == Int {
  public init(
    _ path: String,
    default value: Int,
    in range: ClosedRange<Int>,
    unit: String,
    _ summary: String,
    source: String
  ) {
    self.init(path, .integer(range), value, unit, summary, source)
  }

  public init(_ path: String, default value: Int, oneOf list: [Int], unit: String, _ summary: String, source: String) {
    self.init(path, .oneOf(list), value, unit, summary, source)
  }
}

extension Setting where Value == Double {
  public init(
    _ path: String,
    default value: Double,
    in range: ClosedRange<Double>,
    unit: String,
    _ summary: String,
    source: String
  ) {
    self.init(path, .number(range), value, unit, summary, source)
  }
}

extension Setting where Value == PrometheusDuration {
  public init(
    _ path: String,
    default value: PrometheusDuration,
    in range: ClosedRange<PrometheusDuration>,
    _ summary: String,
    source: String
  ) {
    self.init(path, .duration(range), value, nil, summary, source)
  }
}

extension Setting where Value == Quantity {
  public init(
    _ path: String,
    default value: Quantity,
    bytes range: ClosedRange<Quantity>,
    _ summary: String,
    source: String
  ) {
    self.init(path, .bytes(range), value, nil, summary, source)
  }

  public init(
    _ path: String,
    default value: Quantity,
    cores range: ClosedRange<Quantity>,
    _ summary: String,
    source: String
  ) {
    self.init(path, .cores(range), value, nil, summary, source)
  }
}

extension Setting where Value == String {
  public init(_ path: String, default value: String, _ format: TextFormat, _ summary: String, source: String) {
    self.init(path, .text(format), value, nil, summary, source)
  }
}
