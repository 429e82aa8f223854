public import Agent

/// Schedules at random: what no person would think of.
public enum RandomFaults {
  /// Faults of a while.
  /// - Parameters:
  ///   - duration: milliseconds from the beginning within which they begin and, but for what they leave behind, end.
  ///   - perDay: how many, on the average.
  public static func schedule(
    duration: Int64,
    nodeCount: Int,
    perDay: Double,
    using random: inout SeededGenerator
  ) -> [Fault] {
    let count = Int((Double(duration) / 86_400_000 * perDay).rounded(.up))
    var faults: [Fault] = []
    for _ in 0..<max(count, 1) { faults += one(duration, nodeCount, &random) }
    return faults.sorted { ($0.start, $0.duration) < ($1.start, $1.duration) }
  }

  private static func one(_ duration: Int64, _ nodeCount: Int, _ random: inout SeededGenerator) -> [Fault] {
    // As many seconds as hours: short faults meet the code's own timers, long ones fill queues.
    let exponent = Double.random(in: 0...1, using: &random)
    let longest = Double(min(duration / 4, 4 * 3_600_000))
    let length = Int64(1000 * power(longest / 1000, exponent))
    let start = Int64.random(in: 0...max(duration - length, 0), using: &random)
    let nodes: Fault.Nodes =
      Bool.random(using: &random) ? .all : .one(Int.random(in: 0..<nodeCount, using: &random))
    func fault(_ kind: Fault.Kind) -> [Fault] { [Fault(kind, at: start, for: length, nodes)] }
    func short(_ kind: Fault.Kind) -> [Fault] { [Fault(kind, at: start, for: min(length, 600_000), nodes)] }
    switch Int.random(in: 0..<16, using: &random) {
    case 0...3: return fault(.partition(Fault.Partition.allCases.randomElement(using: &random) ?? .silent))
    case 4:
      let status = [429, 500, 502, 503, 401, 404].randomElement(using: &random) ?? 503
      let retryAfter = Bool.random(using: &random) ? Int.random(in: 1...60, using: &random) : nil
      let share = Double(Int.random(in: 1...10, using: &random)) / 10
      return fault(.brownOut(share: share, status: status, retryAfterSeconds: retryAfter))
    case 5: return fault(.slow(Int64.random(in: 10...40_000, using: &random)))
    case 6, 7: return short(.kill)
    case 8, 9: return short(.powerCut)
    case 10:
      let forgets = Bool.random(using: &random) ? Int64.random(in: 0...1_800_000, using: &random) : 0
      return [Fault(.centreRestart(forgets: forgets), at: start, for: min(length, 600_000))]
    case 11:
      let by = Int64.random(in: -7_200_000...7_200_000, using: &random)
      return [
        Fault(.clockJump(by), at: start, for: 0, nodes), Fault(.clockJump(-by), at: start + length, for: 0, nodes),
      ]
    case 12: return short(.diskFull)
    case 13: return short(.syncErrors)
    case 14: return short(.tornWrites)
    default:
      let status = [400, 400, 409, 500].randomElement(using: &random) ?? 400
      return short(.poison(seriesCount: Int.random(in: 1...2, using: &random), status: status))
    }
  }

  /// `base` to a power between 0 and 1, by halving: the same on every machine.
  private static func power(_ base: Double, _ exponent: Double) -> Double {
    var result = 1.0
    var root = base
    var rest = exponent
    for _ in 0..<30 {
      root = root.squareRoot()
      rest *= 2
      if rest >= 1 {
        result *= root
        rest -= 1
      }
    }
    return result
  }

  /// Leaves out what a failing schedule can do without.
  /// - Parameters:
  ///   - attemptMax: runs that may be spent on it.
  ///   - fails: whether the run of a schedule goes wrong.
  public static func shrunk(_ faults: [Fault], attemptMax: Int, fails: ([Fault]) -> Bool) -> [Fault] {
    var kept = faults
    var attempts = 0
    var size = max(kept.count / 2, 1)
    while true {
      var start = 0
      while start < kept.count, attempts < attemptMax {
        var fewer = kept
        fewer.removeSubrange(start..<min(start + size, kept.count))
        attempts += 1
        if fails(fewer) { kept = fewer } else { start += size }
      }
      if size == 1 || attempts >= attemptMax { return kept }
      size = max(size / 2, 1)
    }
  }
}
