/// An axis: the stretch it shows, and where it has marks.
struct Scale {
  let range: ClosedRange<Double>
  let marks: [Double]

  /// From 0 to the first mark at or above `highest`, with `count` marks above 0 at most.
  init(upTo highest: Double, _ unit: Unit, marks count: Int) {
    let top = highest > 0 && highest.isFinite ? highest : 1
    let step = unit.step(atLeast: top / Double(max(1, count)))
    let steps = max(1, (top / step - 1e-9).rounded(.up))
    range = 0...(steps * step)
    marks = (0...Int(steps)).map { Double($0) * step }
  }

  /// Exactly this stretch of seconds, with `count` marks at most.
  init(seconds range: ClosedRange<Double>, marks count: Int) {
    self.range = range
    let step = Unit.seconds.step(atLeast: (range.upperBound - range.lowerBound) / Double(max(1, count)))
    let first = (range.lowerBound / step).rounded(.up)
    let last = (range.upperBound / step).rounded(.down)
    marks = first <= last ? (0...Int(last - first)).map { (first + Double($0)) * step } : []
  }

  /// Where a value lies between the ends, from 0 to 1.
  func position(_ value: Double) -> Double {
    let length = range.upperBound - range.lowerBound
    return length > 0 ? min(1, max(0, (value - range.lowerBound) / length)) : 0
  }
}

extension Unit {
  private static let timeSteps: [Double] = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
  ]

  /// The smallest round step that is no less.
  fileprivate func step(atLeast least: Double) -> Double {
    switch self {
    case .seconds where least > 86_400: return roundStep(least / 86_400) * 86_400
    case .seconds where least > 0.5: return Self.timeSteps.first { $0 >= least } ?? 86_400
    case .bytes, .bytesPerSecond:
      var unit = 1.0
      while least > unit * 512 { unit *= 1024 }
      // Half a mebibyte is 512 of the next smaller, and a step of 500 of those has no multiple of 1024.
      return unit * max(roundStep(least / unit), unit == 1 ? 1 : 0)
    case .count: return max(1, roundStep(least))
    case .rate, .seconds, .share: return roundStep(least)
    }
  }

  /// 1, 2 or 5 times a power of ten.
  private func roundStep(_ least: Double) -> Double {
    var power = 1.0
    while power * 10 <= least { power *= 10 }
    while power > least { power /= 10 }
    return ([1, 2, 5, 10].first { $0 * power >= least * (1 - 1e-9) } ?? 10) * power
  }
}
