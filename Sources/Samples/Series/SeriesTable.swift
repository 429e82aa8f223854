/// A series, by a number of this process. Another process, or the same one after a restart, gives other numbers.
package struct SeriesReference: Hashable, Sendable, BitwiseCopyable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// All series this process knows: label sets as pairs of symbols, found again by the hash of those.
///
/// A hundred thousand series of five labels take about 5 MB.
package struct SeriesTable {
  package private(set) var symbols: SymbolTable
  /// Name and value symbols alternately; `starts` says where each series begins.
  private var pairs: [UInt32] = []
  private var starts: [UInt32] = [0]
  private var slots = [UInt32](repeating: 0, count: 16)
  private var scratch: [UInt32] = []

  package init(key: KeyedHash.Key) { symbols = SymbolTable(key: key) }

  package var count: Int { starts.count - 1 }

  /// - Parameter labels: normalized.
  package mutating func intern(_ labels: LabelSet) -> SeriesReference {
    scratch.removeAll(keepingCapacity: true)
    for label in labels.labels {
      scratch.append(symbols.intern(labels.bytes.extracting(label.name)))
      scratch.append(symbols.intern(labels.bytes.extracting(label.value)))
    }
    let mask = slots.count - 1
    var slot = Self.hash(scratch.span) & mask
    while slots[slot] != 0 {
      let reference = slots[slot] - 1
      if isEqual(pairs.span.extracting(range(reference)), scratch.span) { return SeriesReference(rawValue: reference) }
      slot = (slot + 1) & mask
    }
    let reference = UInt32(count)
    pairs.append(contentsOf: scratch)
    starts.append(UInt32(pairs.count))
    slots[slot] = reference + 1
    if count * 4 > slots.count * 3 { rehash() }
    return SeriesReference(rawValue: reference)
  }

  /// The labels of a series, sorted by name.
  package func labels(_ reference: SeriesReference) -> [(name: [UInt8], value: [UInt8])] {
    let range = range(reference.rawValue)
    return stride(from: range.lowerBound, to: range.upperBound, by: 2).map { index in
      (symbols.bytes(pairs[index]), symbols.bytes(pairs[index + 1]))
    }
  }

  /// Bytes of all names and values.
  package func labelByteCount(_ reference: SeriesReference) -> Int {
    range(reference.rawValue).reduce(0) { $0 + symbols.byteCount(pairs[$1]) }
  }

  /// Name and value symbols, alternately.
  @_lifetime(borrow self)
  func pairs(_ reference: SeriesReference) -> Span<UInt32> { pairs.span.extracting(range(reference.rawValue)) }

  private func range(_ reference: UInt32) -> Range<Int> {
    Int(starts[Int(reference)])..<Int(starts[Int(reference) + 1])
  }

  private func isEqual(_ left: Span<UInt32>, _ right: Span<UInt32>) -> Bool {
    guard left.count == right.count else { return false }
    for index in left.indices where left[index] != right[index] { return false }
    return true
  }

  // Symbols are numbers of our own making, so nobody outside picks what collides here.
  private static func hash(_ words: Span<UInt32>) -> Int {
    var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
    for index in words.indices {
      hash = (hash ^ UInt64(words[index])) &* 0xff51_afd7_ed55_8ccd
      hash ^= hash >> 32
    }
    return Int(truncatingIfNeeded: hash >> 1)
  }

  private mutating func rehash() {
    var larger = [UInt32](repeating: 0, count: slots.count * 2)
    let mask = larger.count - 1
    for reference in 0..<UInt32(count) {
      var slot = Self.hash(pairs.span.extracting(range(reference))) & mask
      while larger[slot] != 0 { slot = (slot + 1) & mask }
      larger[slot] = reference + 1
    }
    slots = larger
  }
}
