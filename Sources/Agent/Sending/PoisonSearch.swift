/// Finds what a receiver refuses among the messages of a request, by sending ever smaller parts of it, in order.
///
/// Halving: a refused part is cut in two, a refused message alone is the poison. k of N cost at most 2 k log2 N more requests.
///
/// Where most of a request is refused, that would be two requests a message: a backlog older than the receiver takes would drown it.
/// So once most of what was decided was refused (or the request before ended like that), a refused part of 16 or more is sampled: its
/// first and last message and three between are sent alone. If all five are refused the part is given up whole; if one is taken,
/// the part is mixed and halving goes on. What is given up this way is counted like the rest, and so marked among the dead letters.
///
/// A message is only ever sent ahead of others if none of those is of its series.
struct PoisonSearch {
  struct Decision: Hashable {
    let range: Range<Int>
    let isAccepted: Bool
    /// Refused with others, without having been tried alone.
    var isGivenUp = false
  }

  private enum Piece {
    case test(Range<Int>)
    case sample(Range<Int>, positions: [Int], next: Int)
  }

  private static let sampledCountMin = 16
  private static let suspicionCountMin = 16

  /// Undecided parts, the next one last.
  private var pieces: [Piece]
  private var isMostlyRefused: Bool
  private var refusedAlone = 0
  private var accepted = 0
  private var refused = 0
  private let count: Int
  /// Refused parts whose halves aren't all decided, and how many were refused before.
  private var splits: [(end: Int, refusedBefore: Int)] = []
  /// Refused parts of which every message was then taken: the receiver's mood, not its judgement.
  private(set) var contradictions = 0

  /// - Parameter isMostlyRefused: whether to expect that hardly anything is taken.
  init(count: Int, isMostlyRefused: Bool) {
    self.count = count
    self.isMostlyRefused = isMostlyRefused
    pieces = count > 0 ? [.test(0..<count)] : []
  }

  /// What is to be sent next; nothing once all is decided.
  var next: Range<Int>? {
    switch pieces.last {
    case .test(let range): range
    case .sample(_, let positions, let next): positions[next]..<positions[next] + 1
    case nil: nil
    }
  }

  var endedMostlyRefused: Bool { refused * 2 > count }
  var refusedCount: Int { refused }

  /// What isn't decided, in order.
  var undecided: [Range<Int>] {
    pieces.reversed().map { piece in
      switch piece {
      case .test(let range), .sample(let range, _, _): range
      }
    }
  }

  /// The receiver took what was sent.
  mutating func accept() -> [Decision] {
    defer { closeSplits() }
    switch pieces.popLast() {
    case .test(let range):
      accepted += range.count
      return [Decision(range: range, isAccepted: true)]
    case .sample(let range, let positions, let next):
      let decided = positions[...next]
      var start = range.lowerBound
      var rest: [Piece] = []
      for position in decided {
        if start < position { rest.append(.test(start..<position)) }
        start = position + 1
      }
      if start < range.upperBound { rest.append(.test(start..<range.upperBound)) }
      pieces += rest.reversed()
      accepted += 1
      refused += next
      refusedAlone += next
      return decided.enumerated().map { Decision(range: $1..<$1 + 1, isAccepted: $0 == next) }
    case nil: return []
    }
  }

  /// The receiver refused it for good.
  /// - Parameter isFirstOfSeries: whether a message may be sent before those that stand before it in a range.
  mutating func refuse(_ isFirstOfSeries: (Int, Range<Int>) -> Bool) -> [Decision] {
    defer { closeSplits() }
    switch pieces.popLast() {
    case .test(let range) where range.count == 1:
      refused += 1
      refusedAlone += 1
      if refusedAlone >= Self.suspicionCountMin, refused > accepted { isMostlyRefused = true }
      return [Decision(range: range, isAccepted: false)]
    case .test(let range):
      if isMostlyRefused, range.count >= Self.sampledCountMin {
        let last = range.count - 1
        let positions = [0, last / 4, last / 2, last * 3 / 4, last].map { range.lowerBound + $0 }
        if positions.allSatisfy({ isFirstOfSeries($0, range) }) {
          pieces.append(.sample(range, positions: positions, next: 0))
          return []
        }
      }
      split(range)
      return []
    case .sample(let range, let positions, let next):
      guard next + 1 == positions.count else {
        pieces.append(.sample(range, positions: positions, next: next + 1))
        return []
      }
      refused += range.count
      return [Decision(range: range, isAccepted: false, isGivenUp: true)]
    case nil: return []
    }
  }

  /// The receiver takes no part so large.
  mutating func halve() {
    if case .test(let range) = pieces.last, range.count > 1 {
      pieces.removeLast()
      split(range)
    }
  }

  /// As much was refused as can have been (remote write 2.0 says how many): the rest was taken.
  mutating func acceptRest() -> [Decision] {
    var decisions: [Decision] = []
    while let piece = pieces.popLast() {
      switch piece {
      case .test(let range): decisions.append(Decision(range: range, isAccepted: true))
      case .sample(let range, let positions, let next):
        let refusedOnes = Set(positions[..<next])
        refused += refusedOnes.count
        for index in range {
          decisions.append(Decision(range: index..<index + 1, isAccepted: !refusedOnes.contains(index)))
        }
      }
    }
    return decisions
  }

  private mutating func closeSplits() {
    while let last = splits.last, next.map({ $0.lowerBound >= last.end }) ?? true {
      splits.removeLast()
      if refused == last.refusedBefore { contradictions += 1 }
    }
  }

  /// Tries the rest before the message that is next, and those of its series after it: where it alone fails, and nothing has got through
  /// that would show that the receiver is well.
  mutating func postpone(_ isSameSeries: (Int, Int) -> Bool) {
    guard case .test(let range) = pieces.last, range.count == 1 else { return }
    var postponed = [range.lowerBound]
    var rest: [Range<Int>] = []
    for range in undecided.dropFirst() {
      var start = range.lowerBound
      for index in range where isSameSeries(index, postponed[0]) {
        if start < index { rest.append(start..<index) }
        postponed.append(index)
        start = index + 1
      }
      if start < range.upperBound { rest.append(start..<range.upperBound) }
    }
    splits.removeAll()
    pieces = (rest + postponed.map { $0..<$0 + 1 }).reversed().map { .test($0) }
  }

  private mutating func split(_ range: Range<Int>) {
    splits.append((range.upperBound, refused))
    let middle = range.lowerBound + range.count / 2
    pieces.append(.test(middle..<range.upperBound))
    pieces.append(.test(range.lowerBound..<middle))
  }
}
