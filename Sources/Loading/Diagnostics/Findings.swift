import Model

/// The problems found so far. Beyond a hundred they are only counted: nobody reads more, and a hostile file could hold
/// hundreds of thousands.
struct Findings {
  static let limit = 100

  private var shown: [Diagnostic] = []
  private var omitted = 0

  var isFull: Bool { shown.count == Self.limit }

  mutating func report(_ problem: @autoclosure () -> Diagnostic) {
    if shown.count < Self.limit { shown.append(problem()) } else { omitted += 1 }
  }

  mutating func report(_ problems: [Diagnostic]) {
    for problem in problems { report(problem) }
  }

  /// In the order of the file.
  var all: [Diagnostic] {
    let sorted = shown.sortedByLocation()
    guard omitted > 0, let last = sorted.last?.location else { return sorted }
    return sorted + [.moreProblems(omitted, at: last)]
  }

  var failure: Diagnostics { Diagnostics(all) }
}
