import Model

/// A condition on a run's numbers, as `--assert` spells it: `loss==0`, `peak_disk<10Gi`, `time_to_fresh<=30s`.
public struct Assertion: Hashable, Sendable {
  public enum Comparison: String, CaseIterable, Sendable {
    // The longer ones first, since they begin with the shorter.
    case equal = "=="
    case unequal = "!="
    case atMost = "<="
    case atLeast = ">="
    case below = "<"
    case above = ">"
  }

  /// Why a text is none.
  public enum Malformed: Error, Hashable {
    case noComparison
    case unknownName(String)
    case badValue(String, ReportValue.Unit)
  }

  public let text: String
  public let name: String
  public let comparison: Comparison
  public let limit: Double

  public init(_ text: String) throws(Malformed) {
    self.text = text
    let compact = String(text.filter { $0 != " " })
    guard let (name, comparison, limit) = Self.split(compact) else { throw .noComparison }
    guard let unit = SimulationResult.valueUnits.first(where: { $0.name == name })?.unit else {
      throw .unknownName(name)
    }
    guard let number = Self.number(limit, unit) else { throw .badValue(limit, unit) }
    self.name = name
    self.comparison = comparison
    self.limit = number
  }

  private static func split(_ text: String) -> (String, Comparison, String)? {
    let bytes = Array(text.utf8)
    guard let place = bytes.firstIndex(where: { "=!<>".utf8.contains($0) }) else { return nil }
    let name = String(decoding: bytes[..<place], as: UTF8.self)
    for comparison in Comparison.allCases {
      let spelling = Array(comparison.rawValue.utf8)
      guard bytes[place...].starts(with: spelling) else { continue }
      return (name, comparison, String(decoding: bytes[(place + spelling.count)...], as: UTF8.self))
    }
    return nil
  }

  private static func number(_ text: String, _ unit: ReportValue.Unit) -> Double? {
    switch unit {
    case .milliseconds:
      if text == "0" { return 0 }
      return PrometheusDuration(text).map { Double($0.milliseconds) }
    case .bytes, .samples, .count, .perSecond: return Quantity(text).map(\.value)
    }
  }

  /// Whether the run keeps to it. What never came about keeps to nothing.
  public func holds(_ values: [ReportValue]) -> Bool {
    guard let value = values.first(where: { $0.name == name })?.value else { return false }
    return switch comparison {
    case .equal: value == limit
    case .unequal: value != limit
    case .atMost: value <= limit
    case .atLeast: value >= limit
    case .below: value < limit
    case .above: value > limit
    }
  }

  /// The condition, and what the run came to instead.
  public func explanation(_ values: [ReportValue]) -> String {
    let value = values.first { $0.name == name }
    return "\(text): it is \(value.map(Shown.value) ?? "unknown")"
  }
}
