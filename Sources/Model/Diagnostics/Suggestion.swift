/// The candidate a person most likely meant by `word`, if one is near enough.
///
/// Near means: at most a third of the word's letters differ (Damerau-Levenshtein distance, a swap of neighbours counts
/// once), or it is the last part of a candidate.
public func suggestion(for word: String, among candidates: some Sequence<String>) -> String? {
  let wanted = lowercase(word)
  guard !wanted.isEmpty, wanted.count <= 100 else { return nil }
  let limit = max(1, max(wanted.count, 4) / 3)
  var best: (candidate: String, distance: Int)?
  for candidate in candidates {
    let given = lowercase(candidate)
    var distance = abs(wanted.count - given.count) <= limit ? editDistance(wanted, given) : Int.max
    let isTail = given.count > wanted.count && given.suffix(wanted.count).elementsEqual(wanted)
    if wanted.count >= 4, isTail, given[given.count - wanted.count - 1] == UInt8(ascii: "_") {
      distance = min(distance, 2, limit)
    }
    guard distance <= limit else { continue }
    if best.map({ (distance, candidate) < ($0.distance, $0.candidate) }) ?? true { best = (candidate, distance) }
  }
  return best?.candidate
}

private func lowercase(_ word: String) -> [UInt8] {
  word.utf8.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
}

/// Optimal string alignment: three rows of the table are enough.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
  var beforeLast = [Int](repeating: 0, count: right.count + 1)
  var last = Array(0...right.count)
  var current = beforeLast
  for row in left.indices {
    current[0] = row + 1
    for column in right.indices {
      let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
      var cost = min(last[column + 1] + 1, current[column] + 1, replaced)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        cost = min(cost, beforeLast[column - 1] + 1)
      }
      current[column + 1] = cost
    }
    (beforeLast, last, current) = (last, current, beforeLast)
  }
  return last[right.count]
}
