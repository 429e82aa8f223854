/// A series, by a number of this process. Another process, or the same one after a restart, gives other numbers.
public struct SeriesReference: Hashable, Sendable, BitwiseCopyable {
  public let rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// All series this process knows: label sets as symbols, found again by the hash of those.
///
/// A series is the number of its names' shape and one symbol for each value: about 40 bytes with its place in the index.
///
/// A number names one series until a `sweep` finds that nobody holds it any more; then another series may get it. So a sweep is allowed only
/// where no number is on its way: nothing pending in the spool, no segment open, and every holder asked to mark what it holds.
public struct SeriesTable {
  public private(set) var symbols: SymbolTable
  private var shapes = LabelShapes()
  /// For each series its shape, then its values' symbols; `starts` says where. A number that is free starts at `free`.
  private var words: [UInt32] = []
  private var starts: [UInt32] = []
  private var freeNumbers: [UInt32] = []
  /// Open addressing; number + 1, 0 for a free slot.
  private var slots = [UInt32](repeating: 0, count: 16)
  private var names: [UInt32] = []
  private var values: [UInt32] = []
  /// How many were held when that was last counted.
  private var heldCount = 0
  /// Whether so much has come since that was counted that most of the table may be series that are gone. It is looked at at every step.
  public private(set) var isSweepDue = false

  private static let free = UInt32.max
  /// Below this a sweep wouldn't be worth a new segment.
  private static let sweepCountMin = 10_000

  public init(key: KeyedHash.Key) { symbols = SymbolTable(key: key) }

  /// Series known now.
  public var count: Int { starts.count - freeNumbers.count }

  /// All numbers are less.
  public var numberLimit: Int { starts.count }

  /// Bytes of memory held, about.
  public var footprint: Int {
    symbols.footprint + shapes.footprint + (words.capacity + starts.capacity + freeNumbers.capacity + slots.count) * 4
  }

  /// - Parameter labels: normalized.
  public mutating func intern(_ labels: LabelSet) -> SeriesReference {
    names.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    for label in labels.labels {
      names.append(symbols.intern(labels.bytes.extracting(label.name)))
      values.append(symbols.intern(labels.bytes.extracting(label.value)))
    }
    let mask = slots.count - 1
    var slot = Self.hash(names.span, values.span) & mask
    while slots[slot] != 0 {
      let reference = SeriesReference(rawValue: slots[slot] - 1)
      if isEqual(values(reference), values.span), isEqual(names(reference), names.span) { return reference }
      slot = (slot + 1) & mask
    }
    if words.count + values.count >= words.capacity { words.reserveCapacity(Self.capacity(words.count + values.count)) }
    let start = UInt32(words.count)
    words.append(shapes.intern(names))
    words.append(contentsOf: values)
    let number: UInt32
    if let reused = freeNumbers.popLast() {
      number = reused
      starts[Int(number)] = start
    } else {
      number = UInt32(starts.count)
      if starts.count == starts.capacity { starts.reserveCapacity(Self.capacity(starts.count)) }
      starts.append(start)
    }
    isSweepDue = mayBeMostlyGone
    slots[slot] = number + 1
    if count * 4 > slots.count * 3 { index(slotCount: slots.count * 2) }
    return SeriesReference(rawValue: number)
  }

  /// The labels of a series, sorted by name.
  public func labels(_ reference: SeriesReference) -> [(name: [UInt8], value: [UInt8])] {
    let (names, values) = (names(reference), values(reference))
    return names.indices.map { (symbols.bytes(names[$0]), symbols.bytes(values[$0])) }
  }

  /// Bytes of all names and values.
  public func labelByteCount(_ reference: SeriesReference) -> Int {
    let (names, values) = (names(reference), values(reference))
    return names.indices.reduce(0) { $0 + symbols.byteCount(names[$1]) + symbols.byteCount(values[$1]) }
  }

  /// Symbols of the label names.
  @_lifetime(borrow self)
  func names(_ reference: SeriesReference) -> Span<UInt32> {
    shapes.names(words[Int(starts[Int(reference.rawValue)])])
  }

  /// Symbols of the label values, in the order of the names.
  @_lifetime(borrow self)
  func values(_ reference: SeriesReference) -> Span<UInt32> {
    let start = Int(starts[Int(reference.rawValue)])
    return words.span.extracting(start + 1..<start + 1 + shapes.range(words[start]).count)
  }

  /// Takes note of how many series are held: a sweep that wouldn't let go of more than half, as after the first scrapes of many targets, is
  /// due no longer, until as many again have come.
  public mutating func noteHeld(_ marks: borrowing SeriesMarks) {
    heldCount = marks.count
    isSweepDue = mayBeMostlyGone
  }

  private var mayBeMostlyGone: Bool { count > max(2 * heldCount, Self.sweepCountMin) }

  /// Forgets every series that isn't marked. Numbers of the others stay; symbols get new ones, so no encoder may outlive a sweep.
  public mutating func sweep(keeping marks: borrowing SeriesMarks) {
    var kept = SeriesTable(key: symbols.key)
    var newSymbols = [UInt32](repeating: Self.free, count: symbols.count)
    for number in starts.indices {
      let reference = SeriesReference(rawValue: UInt32(number))
      guard starts[number] != Self.free, marks.contains(reference) else {
        kept.starts.append(Self.free)
        continue
      }
      kept.names.removeAll(keepingCapacity: true)
      kept.starts.append(UInt32(kept.words.count))
      for name in copy(names(reference)) { kept.names.append(keep(name, &newSymbols, &kept.symbols)) }
      kept.words.append(kept.shapes.intern(kept.names))
      for value in copy(values(reference)) { kept.words.append(keep(value, &newSymbols, &kept.symbols)) }
    }
    while kept.starts.last == Self.free { kept.starts.removeLast() }
    // A copy takes what it needs.
    kept.starts = kept.starts.map { $0 }
    kept.words = kept.words.map { $0 }
    // The lowest number is given out first, so that the table shrinks when it can.
    for number in kept.starts.indices.reversed() where kept.starts[number] == Self.free {
      kept.freeNumbers.append(UInt32(number))
    }
    var slotCount = 16
    while kept.count * 4 > slotCount * 3 { slotCount *= 2 }
    kept.index(slotCount: slotCount)
    kept.heldCount = kept.count
    self = kept
  }

  private func copy(_ words: Span<UInt32>) -> [UInt32] { words.indices.map { words[$0] } }

  private func keep(_ symbol: UInt32, _ newSymbols: inout [UInt32], _ kept: inout SymbolTable) -> UInt32 {
    if newSymbols[Int(symbol)] == Self.free {
      newSymbols[Int(symbol)] = kept.intern(symbols.bytes.extracting(symbols.range(symbol)))
    }
    return newSymbols[Int(symbol)]
  }

  /// Room for a quarter more, where an array alone would take twice as much.
  private static func capacity(_ count: Int) -> Int { count + count / 4 + 64 }

  private func isEqual(_ left: Span<UInt32>, _ right: Span<UInt32>) -> Bool {
    guard left.count == right.count else { return false }
    for index in left.indices where left[index] != right[index] { return false }
    return true
  }

  // Symbols are numbers of our own making, so nobody outside picks what collides here.
  private static func hash(_ names: Span<UInt32>, _ values: Span<UInt32>) -> Int {
    var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
    for index in names.indices {
      hash = (hash ^ (UInt64(names[index]) << 32 | UInt64(values[index]))) &* 0xff51_afd7_ed55_8ccd
      hash ^= hash >> 32
    }
    return Int(truncatingIfNeeded: hash >> 1)
  }

  private mutating func index(slotCount: Int) {
    var larger = [UInt32](repeating: 0, count: slotCount)
    let mask = larger.count - 1
    for number in starts.indices where starts[number] != Self.free {
      let reference = SeriesReference(rawValue: UInt32(number))
      var slot = Self.hash(names(reference), values(reference)) & mask
      while larger[slot] != 0 { slot = (slot + 1) & mask }
      larger[slot] = UInt32(number) + 1
    }
    slots = larger
  }
}
