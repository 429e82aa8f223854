import Agent
import Samples

/// Which series of a segment are wanted, found out once for each.
struct SeriesFilter {
  private let selectors: [SeriesSelection]
  private var segment = 0
  /// By series of the segment; nothing where it wasn't asked yet.
  private var answers: [Bool?] = []

  init(_ selectors: [SeriesSelection]) { self.selectors = selectors }

  mutating func isWanted(_ series: UInt32, _ dictionary: borrowing SegmentDictionary, segment: Int) -> Bool {
    if selectors.isEmpty { return true }
    if segment != self.segment {
      self.segment = segment
      answers.removeAll()
    }
    let index = Int(series)
    if index >= answers.count { answers.append(contentsOf: repeatElement(nil, count: index + 1 - answers.count)) }
    if let answer = answers[index] { return answer }
    let labels = dictionary.labels(series)
    let answer = selectors.contains { $0.matches(labels) }
    answers[index] = answer
    return answer
  }
}
