extension Chart {
  /// All time that anything of the chart is in.
  var seconds: ClosedRange<Double> {
    var first = Double.infinity
    var last = -Double.infinity
    for span in spans {
      first = min(first, span.seconds.lowerBound)
      last = max(last, span.seconds.upperBound)
    }
    for line in panels.flatMap(\.series) {
      for point in line.points where point.seconds.isFinite {
        first = min(first, point.seconds)
        last = max(last, point.seconds)
      }
    }
    return first < last ? first...last : 0...1
  }

  /// Events of the time that is shown, in its order.
  var shownEvents: [Event] {
    let range = seconds
    return events.filter { range.contains($0.seconds) }.enumerated()
      .sorted { ($0.element.seconds, $0.offset) < ($1.element.seconds, $1.offset) }.map(\.element)
  }
}

extension Chart.Panel {
  /// The highest value of a line.
  private var highest: Double {
    series.reduce(0) { highest, line in
      line.points.reduce(highest) { $1.value.isFinite ? max($0, $1.value) : $0 }
    }
  }

  /// Limits within reach: what is three times as high as the lines would only press them flat.
  var shownLimits: [Chart.Limit] {
    let highest = highest
    return limits.filter { $0.value > 0 && ($0.value <= highest * 3 || highest == 0) }
  }

  /// The others.
  var farLimits: [Chart.Limit] {
    let shown = shownLimits.map(\.name)
    return limits.filter { !shown.contains($0.name) }
  }

  func scale(marks count: Int) -> Scale {
    Scale(upTo: shownLimits.reduce(highest) { max($0, $1.value) }, unit, marks: count)
  }
}
