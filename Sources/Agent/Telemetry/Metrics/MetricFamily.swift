public import Model

/// One metric of the page with all its points. Name, kind, help and labels come from the table, never from the page.
public struct MetricFamily: Sendable {
  public let name: String
  public let kind: Metric.Kind
  public let help: String
  public let labels: [String]
  public private(set) var points: [MetricPoint] = []

  public init(_ metric: Metric) {
    name = metric.name
    kind = metric.kind
    help = metric.help
    labels = metric.labels
  }

  public init(_ alias: MetricAlias) {
    name = alias.name
    kind = alias.kind
    help = alias.help
    labels = alias.labels
  }

  /// Adds a point; `labelValues` in the order of the table.
  mutating func add(_ labelValues: [String] = [], _ value: MetricValue) {
    precondition(labelValues.count == labels.count, "BUG: \(name) has the labels \(labels), not \(labelValues)")
    points.append(MetricPoint(labelValues: labelValues, value: value))
  }

  /// Adds a point for each value of the last label.
  mutating func add<Label: FixedLabel>(_ labelValues: [String] = [], _ counts: Tally<Label>) {
    for label in Label.allCases { add(labelValues + [label.rawValue], .count(counts[label])) }
  }
}

/// One series, or for a histogram its series together.
public struct MetricPoint: Hashable, Sendable {
  public let labelValues: [String]
  public let value: MetricValue
}

/// A value as exactly as it is known.
public enum MetricValue: Hashable, Sendable {
  case count(UInt64)
  /// Given as milliseconds, written as seconds: a duration, or a time since 1970.
  case milliseconds(Int64)
  case histogram(DurationHistogram)

  static func flag(_ flag: Bool) -> MetricValue { .count(flag ? 1 : 0) }

  /// Lengths and counts of arrays, which are never negative.
  static func size(_ size: Int) -> MetricValue { .count(UInt64(clamping: size)) }
}
