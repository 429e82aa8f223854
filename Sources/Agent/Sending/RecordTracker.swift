import Spool

/// What has become so far of the records of one lane that are on their way: each may be cut into several requests, and each request
/// may hold pieces of several records.
struct RecordTracker {
  struct Entry {
    let range: RecordRange
    let lane: Lane
    /// Requests that hold a piece of it and aren't done.
    var outstanding = 0
    /// All of its pieces are in requests.
    var isCut = false
    var delivered = 0
    var refused = RefusalCounts()
    var isSettled = false
  }

  private var entries: [Entry] = []
  private var head = 0
  /// What `entries[0]` is numbered.
  private var base = 0

  var isEmpty: Bool { head == entries.count }
  /// Samples of records that aren't settled.
  private(set) var openSamples: UInt64 = 0

  subscript(number: Int) -> Entry {
    get { entries[number - base] }
    set { entries[number - base] = newValue }
  }

  /// - Returns: the entry's number, by which requests refer to it.
  mutating func append(_ range: RecordRange, lane: Lane) -> Int {
    entries.append(Entry(range: range, lane: lane))
    openSamples += range.sampleCount
    return base + entries.count - 1
  }

  /// The record of that number, if it is on its way. Records come in the order of their numbers.
  func open(around sequence: UInt64) -> RecordRange? {
    let index = position(of: sequence)
    guard index < entries.count, entries[index].range.first <= sequence, !entries[index].isSettled else { return nil }
    return entries[index].range
  }

  /// The first record from `sequence` on that is on its way.
  func firstOpen(from sequence: UInt64) -> RecordRange? {
    var index = position(of: sequence)
    while index < entries.count, entries[index].isSettled { index += 1 }
    return index < entries.count ? entries[index].range : nil
  }

  /// The first entry that ends behind `sequence`.
  private func position(of sequence: UInt64) -> Int {
    var (low, high) = (head, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].range.end <= sequence { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Takes note that a request with a piece of the record is done.
  /// - Returns: whether all of the record is.
  mutating func finishPiece(_ number: Int) -> Bool {
    entries[number - base].outstanding -= 1
    return isFinished(number)
  }

  func isFinished(_ number: Int) -> Bool {
    let entry = entries[number - base]
    return entry.isCut && entry.outstanding == 0
  }

  /// Forgets the record.
  mutating func remove(_ number: Int) {
    entries[number - base].isSettled = true
    openSamples -= entries[number - base].range.sampleCount
    while head < entries.count, entries[head].isSettled { head += 1 }
    if head == entries.count || head > 512 && head * 2 > entries.count {
      entries.removeFirst(head)
      base += head
      head = 0
    }
  }
}
