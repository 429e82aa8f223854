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
package struct Chart: Sendable {
  package var title: String
  package var panels: [Panel]
  /// Stretches of time that stand out in each panel, such as the outage.
  package var spans: [Span] = []
  /// Moments that stand out, such as an alert.
  package var events: [Event] = []

  package init(_ title: String, _ panels: [Panel] = []) {
    self.title = title
    self.panels = panels
  }

  /// Lines that share an axis of values, which begins at 0.
  package struct Panel: Sendable {
    package var title: String
    package var unit: Unit
    /// At most four can be told apart.
    package var series: [Series]
    package var limits: [Limit]

    package init(_ title: String, _ unit: Unit, _ series: [Series], limits: [Limit] = []) {
      self.title = title
      self.unit = unit
      self.series = series
      self.limits = limits
    }
  }

  /// A line: straight between its points, which are in the order of time. Two points of the same time are a step; a value that
  /// is no finite number is a hole.
  package struct Series: Sendable {
    package var name: String
    package var points: [Point]

    package init(_ name: String, _ points: [Point]) {
      self.name = name
      self.points = points
    }
  }

  /// A value of at least 0 in the panel's unit, at a number of seconds.
  package struct Point: Hashable, Sendable {
    package var seconds: Double
    package var value: Double

    package init(_ seconds: Double, _ value: Double) {
      self.seconds = seconds
      self.value = value
    }
  }

  /// A value that a line should not reach, drawn across the panel where it is near enough to what the lines show.
  package struct Limit: Sendable {
    package var name: String
    package var value: Double

    package init(_ name: String, _ value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// A named stretch of seconds.
  package struct Span: Sendable {
    package var name: String
    package var seconds: ClosedRange<Double>

    package init(_ name: String, _ seconds: ClosedRange<Double>) {
      self.name = name
      self.seconds = seconds
    }
  }

  /// A named moment.
  package struct Event: Sendable {
    package var name: String
    package var seconds: Double

    package init(_ name: String, at seconds: Double) {
      self.name = name
      self.seconds = seconds
    }
  }
}
