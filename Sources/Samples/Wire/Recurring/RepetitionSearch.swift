/// Finds what a text repeats of itself: chains of places that begin with the same four bytes, the nearest first.
///
/// It looks further than a compressor does that sees each text once: what it finds is used for as long as the text recurs.
struct RepetitionSearch: ~Copyable {
  private static let hashBitCount = 15
  /// Places looked at for each.
  private static let depth = 8
  /// A repetition of so many is taken without a look at whether the next place has a longer one.
  private static let enough = 96

  /// Between places of a repetition that are made known.
  private static let step = 4

  /// By hash: the last place, or -1.
  private var heads = [Int32](repeating: -1, count: 1 << hashBitCount)
  /// By place: the one before it with the same hash, or -1.
  private var previous: [Int32] = []
  /// Places before it are known.
  private var entered = 0

  mutating func cut(_ text: borrowing RunText, _ kinds: borrowing TextKinds, into pieces: inout RunPieces) {
    for index in heads.indices { heads[index] = -1 }
    previous.removeAll(keepingCapacity: true)
    previous.append(contentsOf: repeatElement(-1, count: text.byteCount))
    entered = 0
    pieces.removeAll()
    var place = 0
    while place < text.byteCount {
      var best = longest(text, kinds, place)
      guard best.count >= ByteBuffer.snappyCopyCountMin else {
        pieces.append(literal: 1)
        place += 1
        continue
      }
      while best.count < Self.enough, place + 1 < text.byteCount {
        let next = longest(text, kinds, place + 1)
        guard next.count > best.count + 1 else { break }
        best = next
        pieces.append(literal: 1)
        place += 1
      }
      pieces.append(best)
      // What was said before is known from there; some of its places are enough, and its end.
      enter(text, kinds, upTo: place + best.count - Self.step, step: Self.step)
      place += best.count
    }
    pieces.finish()
  }

  /// Makes places known.
  private mutating func enter(
    _ text: borrowing RunText,
    _ kinds: borrowing TextKinds,
    upTo end: Int,
    step: Int
  ) {
    while entered < end {
      if let key = kinds.key(text, entered) {
        let slot = Self.slot(key)
        previous[entered] = heads[slot]
        heads[slot] = Int32(entered)
      }
      entered += step
    }
  }

  private mutating func longest(
    _ text: borrowing RunText,
    _ kinds: borrowing TextKinds,
    _ place: Int
  ) -> RunPieces.Repetition {
    enter(text, kinds, upTo: place, step: 1)
    var best = RunPieces.Repetition()
    guard let key = kinds.key(text, place) else { return best }
    var candidate = Int(heads[Self.slot(key)])
    var tries = 0
    while candidate >= 0, tries < Self.depth, place - candidate <= ByteBuffer.snappyOffsetMax {
      // One that ends where the best does, or before, isn't looked at further.
      if best.count == 0 || kinds.repeatedCount(text, place + best.count, of: candidate + best.count, limit: 1) == 1 {
        let count = kinds.repeatedCount(text, place, of: candidate, limit: .max)
        if count > best.count { best = RunPieces.Repetition(count: count, offset: place - candidate) }
        if count >= Self.enough { break }
      }
      candidate = Int(previous[candidate])
      tries += 1
    }
    return best
  }

  private static func slot(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> UInt64(64 - hashBitCount))
  }
}
