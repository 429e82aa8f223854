import Testing

@testable import Agent

/// Against a receiver that refuses a request if one of its messages is bad.
@Suite struct PoisonSearchTests {
  private struct Result {
    var requests = 0
    var accepted: [Int] = []
    var refused: [Int] = []
    var givenUp: [Int] = []
  }

  private func run(
    count: Int,
    bad: Set<Int>,
    isMostlyRefused: Bool = false,
    series: (Int) -> Int = { $0 }
  ) -> Result {
    var search = PoisonSearch(count: count, isMostlyRefused: isMostlyRefused)
    var result = Result()
    while let range = search.next {
      result.requests += 1
      let isAccepted = bad.isDisjoint(with: range)
      let decisions =
        isAccepted
        ? search.accept()
        : search.refuse { index, range in !(range.lowerBound..<index).contains { series($0) == series(index) } }
      for decision in decisions {
        if decision.isAccepted { result.accepted += decision.range } else { result.refused += decision.range }
        if decision.isGivenUp { result.givenUp += decision.range }
      }
    }
    return result
  }

  @Test(arguments: 0..<60 as Range<UInt64>) func findsExactlyThePoison(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...2000, using: &random)
    let poison = Int.random(in: 0...min(count, 12), using: &random)
    let bad = Set((0..<poison).map { _ in Int.random(in: 0..<count, using: &random) })
    let result = run(count: count, bad: bad)
    #expect(Set(result.refused) == bad && result.refused.count == bad.count, "seed \(seed)")
    #expect(Set(result.accepted) == Set(0..<count).subtracting(bad), "seed \(seed)")
    #expect(result.accepted.count == count - bad.count, "seed \(seed)")
    var levels = 0
    while 1 << levels < count { levels += 1 }
    #expect(
      result.requests - 1 <= 2 * bad.count * levels,
      "seed \(seed): \(result.requests) for \(bad.count) of \(count)"
    )
  }

  @Test func aRequestThatIsAllBadCostsFewRequests() {
    let first = run(count: 1000, bad: Set(0..<1000))
    #expect(first.refused.sorted() == Array(0..<1000))
    #expect(first.requests < 100)
    let next = run(count: 1000, bad: Set(0..<1000), isMostlyRefused: true)
    #expect(next.requests == 6)
    #expect(next.refused.sorted() == Array(0..<1000))
  }

  /// What a receiver with a limit of age refuses: the beginning. Nothing behind it may be lost.
  @Test(arguments: [1, 37, 100, 499, 500, 501, 990]) func aBadBeginningCostsNothingElse(length: Int) {
    for isMostlyRefused in [false, true] {
      let result = run(count: 1000, bad: Set(0..<length), isMostlyRefused: isMostlyRefused)
      #expect(result.refused.sorted() == Array(0..<length))
      #expect(result.requests < 200)
    }
  }

  /// Scrapes of one target, one after the other: no message may overtake another of its series.
  @Test(arguments: 0..<40 as Range<UInt64>) func keepsTheOrderOfEachSeries(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let seriesCount = Int.random(in: 1...200, using: &random)
    let bad = Set((0..<1000).filter { _ in Int.random(in: 0..<10, using: &random) < Int(seed % 10) })
    let result = run(count: 1000, bad: bad, isMostlyRefused: true) { $0 % seriesCount }
    var last = [Int](repeating: -1, count: seriesCount)
    for index in result.accepted {
      #expect(last[index % seriesCount] < index, "seed \(seed)")
      last[index % seriesCount] = index
    }
    #expect(result.accepted.count + result.refused.count == 1000, "seed \(seed)")
    #expect(bad.isDisjoint(with: result.accepted), "seed \(seed)")
    #expect(Set(result.refused).subtracting(bad).isSubset(of: result.givenUp), "seed \(seed)")
  }
}
