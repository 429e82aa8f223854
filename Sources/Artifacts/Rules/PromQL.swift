public import Document
public import Model

/// A PromQL expression. A metric enters it only as a `MetricName`, which only the table gives out: a name that the chosen
/// Prometheus lacks can't be asked for, and one written into a literal stops the first rendering.
public struct PromQL<H: Hole>: Hashable, Sendable {
  public let text: Text<H>

  public init(_ text: Text<H>) { self.text = text }
}

extension PromQL: ExpressibleByStringInterpolation {
  public init(stringLiteral value: String) {
    var interpolation = Interpolation(literalCapacity: 0, interpolationCount: 0)
    interpolation.appendLiteral(value)
    self.init(stringInterpolation: interpolation)
  }
  public init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  public struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = Text<H>()

    public init(literalCapacity: Int, interpolationCount: Int) {}

    public mutating func appendLiteral(_ literal: String) {
      // Every family's name has an underscore, and most literals none.
      for word in literal.utf8.contains(UInt8(ascii: "_")) ? metricWords(in: literal) : []
      where MetricTable.families.contains(where: word.hasPrefix) {
        preconditionFailure("BUG: '\(word)' is written out; take it from the metric table")
      }
      text.append(literal)
    }

    public mutating func appendInterpolation(_ metric: MetricName) { text.append(metric.spelling) }
    public mutating func appendInterpolation(_ other: PromQL) { text.append(other.text) }
    public mutating func appendInterpolation(_ number: Int) { text.append(String(number)) }
    public mutating func appendInterpolation(_ number: Term<Int, H>) { text.append(Text(number)) }
    public mutating func appendInterpolation(_ number: Term<Double, H>) { text.append(Text(number)) }
    /// A duration as it is written, after a metric or an `offset`: `5m`.
    public mutating func appendInterpolation(duration: Text<H>) { text.append(duration) }
    /// Any string as a PromQL string, with its quotes.
    public mutating func appendInterpolation(quoted string: Text<H>) {
      text.append("\"")
      text.append(string.promQLEscaped)
      text.append("\"")
    }
  }
}

extension Scope {
  /// The metric as the agents' Prometheus names it.
  func name(_ metric: Metric) -> MetricName { self[Settings.prometheusVersion].name(metric) }
}
