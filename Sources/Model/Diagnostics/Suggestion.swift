/// The candidate a person most likely meant by `word`, if one is near enough.
///
/// Near means: at most a third of the word's letters differ (Damerau-Levenshtein distance, a swap of neighbours counts
/// once), or one is a part of the other.
package func suggestion(for word: String, among candidates: some Sequence<String>) -> String? {
  let wanted = Array(word.lowercased().utf8)
  guard !wanted.isEmpty, wanted.count <= 100 else { return nil }
  var best: (candidate: String, distance: Int)?
  for candidate in candidates {
    let given = Array(candidate.lowercased().utf8)
    var distance = editDistance(wanted, given)
    if wanted.count >= 4, candidate.lowercased().hasSuffix("_" + word.lowercased()) { distance = min(distance, 2) }
    guard distance <= max(1, max(wanted.count, 4) / 3) else { continue }
    if best == nil || (distance, candidate) < (best!.distance, best!.candidate) { best = (candidate, distance) }
  }
  return best?.candidate
}

private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for (row, byte) in left.enumerated() {
    var current = [row + 1]
    for (column, other) in right.enumerated() {
      var cost = min(last[column + 1] + 1, current[column] + 1, last[column] + (byte == other ? 0 : 1))
      if row > 0, column > 0, byte == right[column - 1], left[row - 1] == other {
        cost = min(cost, beforeLast[column - 1] + 1)
      }
      current.append(cost)
    }
    (beforeLast, last) = (last, current)
  }
  return last[right.count]
}
