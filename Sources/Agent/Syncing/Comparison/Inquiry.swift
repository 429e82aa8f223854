/// The questions of one comparison, one after another.
struct Inquiry {
  /// By their numbers.
  let witnesses: [Int]
  let ranges: ClosedRange<Int64>
  private var open: [(witnesses: ArraySlice<Int>, ranges: ClosedRange<Int64>, cut: Int64?)] = []
  private(set) var asked: CentreQuestion?
  private(set) var answers: [Int: RangeCounts] = [:]

  /// - Parameter cut: where the last range isn't over, up to when it is counted: what is delivered meanwhile would stand for what is missing.
  init(_ witnesses: [Int], _ ranges: ClosedRange<Int64>, cut: Int64?) {
    self.witnesses = witnesses
    self.ranges = ranges
    for start in stride(from: 0, to: witnesses.count, by: CentreQuestion.witnessCountMax) {
      let part = witnesses[start..<min(start + CentreQuestion.witnessCountMax, witnesses.count)]
      var first = ranges.lowerBound
      let end = cut == nil ? ranges.upperBound : ranges.upperBound - 1
      if let cut { open.append((part, ranges.upperBound...ranges.upperBound, cut)) }
      while first <= end {
        let last = min(first + CentreQuestion.rangeCountMax - 1, end)
        open.append((part, first...last, nil))
        first = last + 1
      }
    }
  }

  /// The next question; nothing where all are answered.
  mutating func next(_ number: UInt64, _ grid: TimeGrid, _ table: WitnessTable) -> CentreQuestion? {
    guard let (witnesses, ranges, cut) = open.popLast() else { return nil }
    let question = CentreQuestion(
      number: number,
      witnesses: witnesses.map { table[$0] },
      witnessNumbers: Array(witnesses),
      ranges: ranges,
      cut: cut,
      grid: grid
    )
    asked = question
    return question
  }

  mutating func take(_ answer: CentreAnswer) {
    asked = nil
    for (witness, counts) in answer.counts {
      answers[witness, default: RangeCounts()].add(counts)
      answers[witness]?.sort()
    }
  }
}
