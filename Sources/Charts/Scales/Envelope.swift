/// The lowest and the highest value of a line in each of a number of equal columns of time; `nil` where it has none.
///
/// Neighbouring columns of a line without a hole meet in a value, so that what is drawn of them is connected.
func envelope(_ points: [Chart.Point], in range: ClosedRange<Double>, columns: Int) -> [ClosedRange<Double>?] {
  var result = [ClosedRange<Double>?](repeating: nil, count: columns)
  let width = (range.upperBound - range.lowerBound) / Double(columns)
  guard columns > 0, width > 0 else { return result }
  func add(_ value: Double, to column: Int) {
    result[column] = result[column].map { min($0.lowerBound, value)...max($0.upperBound, value) } ?? value...value
  }
  func column(of seconds: Double) -> Int {
    min(columns - 1, max(0, Int(((seconds - range.lowerBound) / width).rounded(.down))))
  }
  var previous: Chart.Point?
  for point in points {
    guard point.value.isFinite, point.seconds.isFinite else {
      previous = nil
      continue
    }
    if range.contains(point.seconds) { add(point.value, to: column(of: point.seconds)) }
    if let previous, previous.seconds < range.upperBound, point.seconds > range.lowerBound {
      let first = column(of: previous.seconds)
      let last = column(of: point.seconds)
      let slope =
        point.seconds > previous.seconds
        ? (point.value - previous.value) / (point.seconds - previous.seconds) : 0
      for boundary in first..<last {
        let seconds = range.lowerBound + Double(boundary + 1) * width
        let value = previous.value + slope * (min(seconds, point.seconds) - previous.seconds)
        add(value, to: boundary)
        add(value, to: boundary + 1)
      }
    }
    previous = point
  }
  return result
}
