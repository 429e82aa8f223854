/// A duration in Prometheus' grammar (`1h30m`, `15s`, `500ms`), which keeps its spelling.
///
/// Source: Prometheus configuration reference, `<duration>`; `model.ParseDuration`. Units descend, each at most once, no
/// fractions, no sign. A bare `0` is valid there and refused here, as every other number needs its unit.
public struct PrometheusDuration: Hashable, Sendable, Comparable {
  public let spelling: String
  public let milliseconds: Int

  public static let units: [(suffix: String, milliseconds: Int)] = [
    ("y", 31_536_000_000), ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000),
    ("ms", 1),
  ]

  /// The same grammar as a regular expression, for JSON Schema and Terraform.
  public static let pattern =
    "^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$"

  /// `nil` where the text isn't a duration or is longer than 292 years.
  public init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    var total = 0
    var nextUnit = 0
    if rest.isEmpty { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
      guard !digits.isEmpty, digits.count <= 15, let count = Int(String(decoding: digits, as: UTF8.self)) else {
        return nil
      }
      rest = rest.dropFirst(digits.count)
      let letters = rest.prefix { $0 < 0x30 || $0 > 0x39 }
      rest = rest.dropFirst(letters.count)
      let suffix = String(decoding: letters, as: UTF8.self)
      guard let unit = Self.units[nextUnit...].firstIndex(where: { $0.suffix == suffix }) else { return nil }
      nextUnit = unit + 1
      let (part, tooLong) = count.multipliedReportingOverflow(by: Self.units[unit].milliseconds)
      let (sum, tooLongInAll) = total.addingReportingOverflow(part)
      if tooLong || tooLongInAll || sum > 9_223_372_036_854 { return nil }
      total = sum
    }
    spelling = text
    milliseconds = total
  }

  public var seconds: Double { Double(milliseconds) / 1000 }

  public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

  /// Durations of equal length are equal, however spelled.
  public static func == (left: Self, right: Self) -> Bool { left.milliseconds == right.milliseconds }
  public func hash(into hasher: inout Hasher) { hasher.combine(milliseconds) }
}

extension PrometheusDuration: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) {
    guard let duration = PrometheusDuration(text) else { preconditionFailure("BUG: '\(text)' is no duration") }
    self = duration
  }

  /// The shortest spelling of a number of milliseconds.
  public init(milliseconds: Int) {
    precondition(milliseconds > 0, "BUG: a duration is positive")
    var rest = milliseconds
    var text = ""
    for unit in Self.units where unit.suffix != "y" && unit.suffix != "w" {
      if rest >= unit.milliseconds {
        text += "\(rest / unit.milliseconds)\(unit.suffix)"
        rest %= unit.milliseconds
      }
    }
    self.init(stringLiteral: text)
  }
}
