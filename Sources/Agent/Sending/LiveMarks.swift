import Spool

/// When the spool was how long: how old a record is, without looking into it.
struct LiveMarks {
  private var marks: [(time: Int64, position: SpoolPosition)]
  private static let count: Int64 = 32

  /// - Parameter start: what lies before it is old.
  init(start: SpoolPosition) { marks = [(.min, start)] }

  mutating func note(_ position: SpoolPosition, ageMax: Int64, now: Int64) {
    let last = marks[marks.count - 1]
    if position != last.position, last.time == .min || now - last.time >= ageMax / Self.count {
      marks.append((now, position))
    }
    while marks.count > 1, marks[1].time <= now - ageMax { marks.removeFirst() }
  }

  /// What lies before the place that this returns was written `age` ago or earlier.
  func position(olderThan age: Int64, now: Int64) -> SpoolPosition {
    (marks.last { $0.time == .min || $0.time <= now - age } ?? marks[0]).position
  }
}
