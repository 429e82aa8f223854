/// Which series somebody still holds a number of, while a table is swept.
///
/// Whoever keeps `SeriesReference`s beyond one event (caches of targets and of remote-write clients) marks them before each sweep;
/// who keeps none has nothing to do.
public struct SeriesMarks {
  private var words: [UInt64]

  /// Nothing is marked.
  public init(for table: borrowing SeriesTable) {
    words = [UInt64](repeating: 0, count: (table.numberLimit + 63) / 64)
  }

  /// Series that are marked.
  public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  public mutating func mark(_ reference: SeriesReference) {
    words[Int(reference.rawValue >> 6)] |= 1 << UInt64(reference.rawValue & 63)
  }

  public func contains(_ reference: SeriesReference) -> Bool {
    words[Int(reference.rawValue >> 6)] >> UInt64(reference.rawValue & 63) & 1 == 1
  }
}

extension ScrapeCache {
  /// Marks what the cache still names; see `SeriesTable.sweep`.
  public func mark(into marks: inout SeriesMarks) {
    for entry in entries {
      if let reference = entry.reference { marks.mark(reference) }
    }
  }
}
