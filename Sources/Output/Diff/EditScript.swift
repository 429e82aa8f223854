/// How one list of lines becomes another: what of the old goes and what of the new comes, in order.
///
/// Source: E. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), the greedy form, on the lines between the
/// common beginning and end.
struct EditScript {
  enum Edit: Hashable {
    case keep(old: Int, new: Int)
    case remove(old: Int)
    case insert(new: Int)
  }

  /// More differences than this are not worth an exact answer: memory and time grow with their square.
  static let differenceLimit = 1000

  private(set) var edits: [Edit] = []

  /// - Parameters: lines as numbers, equal numbers for equal lines.
  init(from old: [Int], to new: [Int]) {
    var start = 0
    while start < old.count, start < new.count, old[start] == new[start] { start += 1 }
    var oldEnd = old.count
    var newEnd = new.count
    while oldEnd > start, newEnd > start, old[oldEnd - 1] == new[newEnd - 1] {
      oldEnd -= 1
      newEnd -= 1
    }
    edits.reserveCapacity(old.count + newEnd - start)
    for index in 0..<start { edits.append(.keep(old: index, new: index)) }
    edits += Self.middle(old, start..<oldEnd, new, start..<newEnd)
    for offset in 0..<(old.count - oldEnd) { edits.append(.keep(old: oldEnd + offset, new: newEnd + offset)) }
  }

  private static func middle(_ old: [Int], _ oldRange: Range<Int>, _ new: [Int], _ newRange: Range<Int>) -> [Edit] {
    let everything = oldRange.map { Edit.remove(old: $0) } + newRange.map { Edit.insert(new: $0) }
    if oldRange.isEmpty || newRange.isEmpty { return everything }
    guard let trace = furthestPoints(old, oldRange, new, newRange) else { return everything }

    var edits: [Edit] = []
    var (x, y) = (oldRange.count, newRange.count)
    func keep(downTo end: (x: Int, y: Int)) {
      while x > end.x, y > end.y {
        x -= 1
        y -= 1
        edits.append(.keep(old: oldRange.lowerBound + x, new: newRange.lowerBound + y))
      }
    }
    for difference in stride(from: trace.count - 1, through: 1, by: -1) {
      let last = trace[difference - 1]
      let isInsertion = last.entersByInsertion(x - y, at: difference)
      let diagonal = isInsertion ? x - y + 1 : x - y - 1
      let before = (x: last[diagonal], y: last[diagonal] - diagonal)
      keep(downTo: before)
      edits.append(
        isInsertion ? .insert(new: newRange.lowerBound + before.y) : .remove(old: oldRange.lowerBound + before.x)
      )
      (x, y) = before
    }
    keep(downTo: (0, 0))
    return edits.reversed()
  }

  /// The reach after 0, 1, 2… differences, until the end of both is reached; `nil` where that takes too many.
  private static func furthestPoints(
    _ old: [Int],
    _ oldRange: Range<Int>,
    _ new: [Int],
    _ newRange: Range<Int>
  ) -> [Reach]? {
    var trace: [Reach] = []
    for difference in 0...differenceLimit {
      var reach = Reach(difference)
      for diagonal in stride(from: -difference, through: difference, by: 2) {
        var x = 0
        if let last = trace.last {
          x = last.entersByInsertion(diagonal, at: difference) ? last[diagonal + 1] : last[diagonal - 1] + 1
        }
        while x < oldRange.count, x - diagonal < newRange.count,
          old[oldRange.lowerBound + x] == new[newRange.lowerBound + x - diagonal]
        {
          x += 1
        }
        reach[diagonal] = x
        if x >= oldRange.count, x - diagonal >= newRange.count { return trace + [reach] }
      }
      trace.append(reach)
    }
    return nil
  }
}

/// How many old lines are behind us, at most, on each diagonal (old lines minus new lines) after some differences.
private struct Reach {
  private var values: [Int32]
  private let difference: Int

  init(_ difference: Int) {
    self.difference = difference
    values = Array(repeating: 0, count: 2 * difference + 1)
  }

  subscript(diagonal: Int) -> Int {
    get { Int(values[difference + diagonal]) }
    set { values[difference + diagonal] = Int32(newValue) }
  }

  /// Whether the best way onto a diagonal by the next difference is to take a new line, rather than to drop an old one.
  func entersByInsertion(_ diagonal: Int, at difference: Int) -> Bool {
    diagonal == -difference || diagonal != difference && self[diagonal - 1] < self[diagonal + 1]
  }
}
