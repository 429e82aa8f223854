extension Chart {
  /// The chart as a picture: SVG 1.1 with a style sheet that follows the reader's choice of light or dark. It asks for nothing
  /// from outside, and the same chart is the same to the byte.
  ///
  /// - Parameter width: in pixels, as the height follows from the number of panels.
  public func svg(width: Int = 860) -> String {
    var picture = SVGChart(self, width: Double(max(320, width)))
    return picture.drawn()
  }
}

/// The parts of a picture, from the top down.
private struct SVGChart {
  let chart: Chart
  let width: Double
  let time: Scale
  private var out = SVGText()

  private static let left = 76.0
  private static let right = 24.0
  private static let top = 44.0
  private static let panelHeight = 110.0
  /// Above each panel, for its title.
  private static let panelHead = 30.0
  private static let timeAxis = 26.0
  private static let line = 18.0

  init(_ chart: Chart, width: Double) {
    self.chart = chart
    self.width = width
    time = Scale(seconds: chart.seconds, marks: Int((width - Self.left - Self.right) / 90))
  }

  private var bottomOfPanels: Double { Self.top + Double(chart.panels.count) * (Self.panelHead + Self.panelHeight) }
  private var notes: Int { chart.spans.count + chart.shownEvents.count }
  private var height: Double { bottomOfPanels + Self.timeAxis + Double(notes) * Self.line + 14 }

  mutating func drawn() -> String {
    let (width, height) = (coordinate(width), coordinate(height))
    out.begin(
      "svg",
      [
        ("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", "0 0 \(width) \(height)"), ("width", width),
        ("height", height), ("role", "img"), ("aria-label", chart.title),
      ]
    )
    out.raw(SVGStyle.sheet)
    out.element("rect", [("class", "back"), ("width", "100%"), ("height", "100%")])
    out.element("text", [("class", "title"), ("x", "16"), ("y", "26")], text: chart.title)
    for (index, panel) in chart.panels.enumerated() {
      draw(panel, top: Self.top + Double(index) * (Self.panelHead + Self.panelHeight) + Self.panelHead)
    }
    drawTime()
    drawNotes()
    out.end()
    return out.text
  }

  private func x(_ seconds: Double) -> Double {
    Self.left + time.position(seconds) * (width - Self.left - Self.right)
  }

  private mutating func draw(_ panel: Chart.Panel, top: Double) {
    let bottom = top + Self.panelHeight
    let scale = panel.scale(marks: 4)
    let y = { (value: Double) in bottom - scale.position(value) * Self.panelHeight }
    for span in chart.spans {
      let start = x(span.seconds.lowerBound)
      let size = [("width", coordinate(x(span.seconds.upperBound) - start)), ("height", coordinate(Self.panelHeight))]
      out.element("rect", [("class", "span"), ("x", coordinate(start)), ("y", coordinate(top))] + size)
    }
    for mark in scale.marks {
      rule("grid", Self.left, y(mark), width - Self.right, y(mark))
      label(panel.unit.mark(mark), "mark end", Self.left - 8, y(mark) + 4)
    }
    for event in chart.shownEvents { rule("event", x(event.seconds), top, x(event.seconds), bottom) }
    for limit in panel.shownLimits {
      rule("limit", Self.left, y(limit.value), width - Self.right, y(limit.value))
    }
    for (index, line) in panel.series.enumerated() { draw(line, index, y) }
    drawHead(panel, top - 10)
  }

  private mutating func drawHead(_ panel: Chart.Panel, _ y: Double) {
    label(panel.title + panel.unit.heading, "head", Self.left, y)
    if panel.series.count > 1 {
      // Text has no width before it is drawn: seven pixels a letter is more than it takes.
      var place = Self.left + Double((panel.title + panel.unit.heading).count * 7) + 24
      for (index, line) in panel.series.enumerated() {
        rule("line \(SVGStyle.line(index))", place, y - 4, place + 18, y - 4)
        label(line.name, "mark", place + 24, y)
        place += Double(line.name.count * 7) + 48
      }
    }
    let described = { (limits: [Chart.Limit]) in
      limits.map { "\($0.name) \(panel.unit.text($0.value))" }.joined(separator: ", ")
    }
    if !panel.shownLimits.isEmpty { label(described(panel.shownLimits), "limit-name end", width - Self.right, y) }
    if panel.shownLimits.isEmpty, !panel.farLimits.isEmpty {
      label(described(panel.farLimits), "mark end", width - Self.right, y)
    }
  }

  /// Each unbroken stretch of the line: per pixel the lowest and the highest value, in the order that keeps it short.
  private mutating func draw(_ line: Chart.Series, _ index: Int, _ y: (Double) -> Double) {
    let columns = Int(width - Self.left - Self.right)
    var points = ""
    var last = 0.0
    func finish(_ out: inout SVGText) {
      if points.isEmpty { return }
      out.element("polyline", [("class", "line \(SVGStyle.line(index))"), ("points", points)])
    }
    for (column, values) in envelope(line.points, in: time.range, columns: columns).enumerated() {
      guard let values else {
        finish(&out)
        points = ""
        continue
      }
      let place = coordinate(Self.left + Double(column) + 0.5)
      let low = y(values.lowerBound)
      let high = y(values.upperBound)
      let ordered = abs(last - low) <= abs(last - high) ? [low, high] : [high, low]
      for value in abs(low - high) < 1 ? [(low + high) / 2] : ordered {
        points += "\(points.isEmpty ? "" : " ")\(place),\(coordinate(value))"
        last = value
      }
    }
    finish(&out)
  }

  private mutating func drawTime() {
    for mark in time.marks {
      rule("grid", x(mark), bottomOfPanels, x(mark), bottomOfPanels + 5)
      label(durationText(mark), "mark middle", x(mark), bottomOfPanels + 18)
    }
  }

  private mutating func drawNotes() {
    var y = bottomOfPanels + Self.timeAxis + 12
    for span in chart.spans {
      let size = [("width", "14"), ("height", "10")]
      out.element("rect", [("class", "span grid"), ("x", coordinate(Self.left)), ("y", coordinate(y - 9))] + size)
      let length = durationText(span.seconds.upperBound - span.seconds.lowerBound)
      label("\(span.name), \(length)", "mark", Self.left + 22, y)
      y += Self.line
    }
    for event in chart.shownEvents {
      rule("event", Self.left + 7, y - 10, Self.left + 7, y + 2)
      label("\(durationText(event.seconds))  \(event.name)", "mark", Self.left + 22, y)
      y += Self.line
    }
  }

  private mutating func rule(_ style: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
    let ends = [("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)]
    out.element("line", [("class", style)] + ends.map { ($0, coordinate($1)) })
  }

  private mutating func label(_ text: String, _ style: String, _ x: Double, _ y: Double) {
    out.element("text", [("class", style), ("x", coordinate(x)), ("y", coordinate(y))], text: text)
  }
}
