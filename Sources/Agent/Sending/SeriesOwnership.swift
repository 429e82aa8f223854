/// Which request each series is in, so that no two requests with samples of one series are ever on their way at once: only then do
/// they arrive in order (remote write 1.0, "Ordering"; 2.0, "Ordering").
///
/// By the numbers of one segment. The requests of another have other numbers for the same series, so a lane waits for them first.
struct SeriesOwnership {
  private(set) var segment: UInt64 = 0
  /// By series: the request that had it last, as its number in this segment; 0 for none.
  private var owners: [UInt32] = []
  /// Of the requests that aren't done, ascending.
  private var active: [UInt32] = []
  private var next: UInt32 = 1

  var isIdle: Bool { active.isEmpty }

  mutating func enter(segment number: UInt64) {
    precondition(isIdle, "BUG: a segment left with requests of it on their way")
    segment = number
    owners.removeAll(keepingCapacity: true)
    next = 1
  }

  /// A new request's number.
  mutating func begin() -> UInt32 {
    active.append(next)
    next += 1
    return active[active.count - 1]
  }

  mutating func end(_ request: UInt32) { active.removeAll { $0 == request } }

  /// Gives the request the series in order, up to the first that another one has.
  /// - Returns: how many.
  mutating func claim(_ series: ArraySlice<UInt32>, for request: UInt32, seriesCount: Int) -> Int {
    if owners.count < seriesCount {
      owners.append(contentsOf: repeatElement(0, count: seriesCount - owners.count))
    }
    // The request itself is in `active`, so there is always a first.
    let oldest = active[0]
    var index = series.startIndex
    while index < series.endIndex {
      let owner = owners[Int(series[index])]
      if owner != request, owner >= oldest, active.contains(owner) { break }
      owners[Int(series[index])] = request
      index += 1
    }
    return index - series.startIndex
  }
}
