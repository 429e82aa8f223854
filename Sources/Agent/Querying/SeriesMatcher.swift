/// `label="value"` and its like.
public struct SeriesMatcher: Hashable, Sendable {
  enum Test: Hashable, Sendable {
    case equal([UInt8])
    case matching(RelabelPattern)
  }

  let name: [UInt8]
  let test: Test
  let isNegated: Bool

  /// A label that isn't there is one without a value.
  func matches(_ value: [UInt8]) -> Bool {
    switch test {
    case .equal(let text): (value == text) != isNegated
    case .matching(let pattern): pattern.matches(value) != isNegated
    }
  }
}

/// Prometheus' selector: a metric's name, matchers, and perhaps a range.
public struct SeriesSelection: Hashable, Sendable {
  public internal(set) var matchers: [SeriesMatcher] = []
  /// `[5m]`, in milliseconds.
  public internal(set) var range: Int64?

  public func matches(_ labels: [(name: [UInt8], value: [UInt8])]) -> Bool {
    matchers.allSatisfy { matcher in matcher.matches(labels.first { $0.name == matcher.name }?.value ?? []) }
  }
}
