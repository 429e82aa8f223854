/// Lines over time, in panels one above the other that share the axis of time. It knows nothing of what the lines mean: the
/// same chart is printed for a terminal (`text`) and as a picture (`svg`).
///
/// ```swift
/// var chart = Chart("prod: a partition of 12h")
/// chart.spans = [.init("partition", 0...43_200)]
/// chart.events = [.init("RemoteWriteQueueFull fires", at: 3600)]
/// chart.panels = [
///   .init("backlog", .count("samples"), [.init("unsent", [.init(0, 0), .init(43_200, 57_600_000)])]),
/// ]
/// chart.text(width: 80, isColoured: false)
/// chart.svg()
/// ```
public struct Chart: Sendable {
  public var title: String
  public var panels: [Panel]
  /// Stretches of time that stand out in each panel, such as the outage.
  public var spans: [Span] = []
  /// Moments that stand out, such as an alert.
  public var events: [Event] = []

  public init(_ title: String, _ panels: [Panel] = []) {
    self.title = title
    self.panels = panels
  }

  /// Lines that share an axis of values, which begins at 0.
  public struct Panel: Sendable {
    public var title: String
    public var unit: Unit
    /// At most four can be told apart.
    public var series: [Series]
    public var limits: [Limit]

    public init(_ title: String, _ unit: Unit, _ series: [Series], limits: [Limit] = []) {
      self.title = title
      self.unit = unit
      self.series = series
      self.limits = limits
    }
  }

  /// A line: straight between its points, which are in the order of time. Two points of the same time are a step; a value that
  /// is no finite number is a hole.
  public struct Series: Sendable {
    public var name: String
    public var points: [Point]

    public init(_ name: String, _ points: [Point]) {
      self.name = name
      self.points = points
    }
  }

  /// A value of at least 0 in the panel's unit, at a number of seconds.
  public struct Point: Hashable, Sendable {
    public var seconds: Double
    public var value: Double

    public init(_ seconds: Double, _ value: Double) {
      self.seconds = seconds
      self.value = value
    }
  }

  /// A value that a line should not reach, drawn across the panel where it is near enough to what the lines show.
  public struct Limit: Sendable {
    public var name: String
    public var value: Double

    public init(_ name: String, _ value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// A named stretch of seconds.
  public struct Span: Sendable {
    public var name: String
    public var seconds: ClosedRange<Double>

    public init(_ name: String, _ seconds: ClosedRange<Double>) {
      self.name = name
      self.seconds = seconds
    }
  }

  /// A named moment.
  public struct Event: Sendable {
    public var name: String
    public var seconds: Double

    public init(_ name: String, at seconds: Double) {
      self.name = name
      self.seconds = seconds
    }
  }
}
