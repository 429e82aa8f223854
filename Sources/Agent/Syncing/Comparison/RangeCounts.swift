/// Samples in each range of a grid where there are any, in the order of time: what is counted, compared and read comes in that order, too, so
/// that no range has to be looked up.
public struct RangeCounts: Sendable {
  public struct Entry: Hashable, Sendable {
    /// The number of the range.
    public let range: Int64
    public var count: Int
  }

  /// By range, each once, after `sort`.
  public private(set) var entries: [Entry] = []
  private var isSorted = true
  /// When so many have gathered, those of one range are put together meanwhile.
  private var sortedAt = Self.gatheredMax

  private static let gatheredMax = 1024

  init() {}

  var isEmpty: Bool { entries.isEmpty }

  /// What is behind the last range, or in it, takes no search; the rest waits for `sort`.
  mutating func add(_ count: Int, to range: Int64) {
    if let last = entries.indices.last {
      if entries[last].range == range {
        entries[last].count += count
        return
      }
      if entries[last].range > range {
        isSorted = false
        if entries.count >= sortedAt {
          sort()
          sortedAt = max(2 * entries.count, Self.gatheredMax)
          return add(count, to: range)
        }
      }
    }
    entries.append(Entry(range: range, count: count))
  }

  mutating func add(_ other: RangeCounts) {
    guard let first = entries.first, let last = entries.last, let otherFirst = other.entries.first,
      let otherLast = other.entries.last, isSorted, other.isSorted
    else {
      if isEmpty { self = other } else { for entry in other.entries { add(entry.count, to: entry.range) } }
      return
    }
    if last.range < otherFirst.range {
      entries += other.entries
    } else if otherLast.range < first.range {
      entries = other.entries + entries
    } else {
      for entry in other.entries { add(entry.count, to: entry.range) }
    }
  }

  /// Puts another count in the place of the last range's.
  mutating func replaceLast(by count: Int) { entries[entries.count - 1].count = count }

  /// To be called when all is added.
  mutating func sort() {
    if isSorted { return }
    isSorted = true
    entries.sort { $0.range < $1.range }
    var end = 0
    for index in entries.indices.dropFirst() {
      if entries[index].range == entries[end].range {
        entries[end].count += entries[index].count
      } else {
        end += 1
        entries[end] = entries[index]
      }
    }
    entries.removeLast(entries.count - end - 1)
  }

  /// Nothing for a range where there is none.
  subscript(range: Int64) -> Int? {
    precondition(isSorted, "BUG: counts are looked up before they are sorted")
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].range < range { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].range == range ? entries[low].count : nil
  }

  /// All of them together.
  var total: Int { entries.reduce(0) { $0 + $1.count } }
}
