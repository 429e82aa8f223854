/// Finds the cut that takes the fewest bytes as a snappy block and serves two texts alike, one that recurred: for every place, what it costs to come
/// there with a literal and with a copy, of the repetitions that chains of places with the same four bytes show.
///
/// It takes many times as long as a compressor that sees each text once: what it finds is used for as long as the text recurs.
struct CheapestCut: ~Copyable {
  /// Places looked at for each.
  private static let depth = 8
  private static let hashBitCount = 15
  private static let copyCountMax = 64
  /// A copy of no more bytes, from no farther away, takes two bytes instead of three.
  private static let nearCountMax = 11
  private static let nearOffsetEnd = 0x800
  /// How much shorter than it might be a longer one may be.
  private static let shortenedCountMax = 8
  private static let never = Int32.max / 2

  /// The last copy on the cheapest way to a place that ends with one.
  private struct Arrival: BitwiseCopyable {
    var cost: Int32
    var count: UInt8
    var offset: UInt16
  }

  /// By hash: the last place, or -1.
  private var heads: [Int32] = []
  /// By place: the one before it with the same hash, or -1.
  private var previous: [Int32] = []
  private var copies: [Arrival] = []
  /// By place: the cost of the cheapest way that ends with a literal.
  private var literals: [Int32] = []
  /// From the last one to the first.
  private var steps: [(count: Int, offset: Int)] = []

  /// - Parameters:
  ///   - text: with eight bytes of anything behind it, as the other.
  ///   - opened: bytes that repeat nothing and that nothing repeats.
  mutating func cut(
    _ text: Span<UInt8>,
    _ earlier: Span<UInt8>,
    byteCount: Int,
    _ opened: borrowing OpenedBytes
  ) -> BlockCut {
    Self.fill(&heads, -1, count: 1 << Self.hashBitCount)
    Self.fill(&previous, -1, count: byteCount)
    Self.fill(&copies, Arrival(cost: Self.never, count: 0, offset: 0), count: byteCount + 1)
    Self.fill(&literals, Self.never, count: byteCount + 1)
    copies[0].cost = 0
    for place in 0..<byteCount {
      literals[place + 1] = min(copies[place].cost + 2, literals[place] + 1)
      relaxCopies(text, earlier, byteCount: byteCount, opened, from: place)
    }
    return cheapest(byteCount)
  }

  private static func fill<Value: BitwiseCopyable>(_ array: inout [Value], _ value: Value, count: Int) {
    array.removeAll(keepingCapacity: true)
    array.append(contentsOf: repeatElement(value, count: count))
  }

  /// Tries every copy that begins at a place, and makes the place known.
  @inline(__always)
  private mutating func relaxCopies(
    _ text: Span<UInt8>,
    _ earlier: Span<UInt8>,
    byteCount: Int,
    _ opened: borrowing OpenedBytes,
    from place: Int
  ) {
    let limit = Self.closedCount(opened, place, limit: min(byteCount - place, Self.copyCountMax))
    guard limit >= ByteBuffer.snappyCopyCountMin else { return }
    let slot = Self.slot(
      text.littleEndian(at: place, as: UInt32.self),
      earlier.littleEndian(at: place, as: UInt32.self)
    )
    var candidate = Int(heads[slot])
    previous[place] = heads[slot]
    heads[slot] = Int32(place)
    let cost = min(copies[place].cost, literals[place])
    var (nearCount, farCount) = (ByteBuffer.snappyCopyCountMin - 1, ByteBuffer.snappyCopyCountMin - 1)
    var tries = 0
    while candidate >= 0, tries < Self.depth, place - candidate <= ByteBuffer.snappyOffsetMax, farCount < limit {
      let offset = place - candidate
      defer {
        candidate = Int(previous[candidate])
        tries += 1
      }
      // The nearest come first: one that isn't longer than the longest so far is of no use, so the end of such a one is looked at first.
      let last = farCount + 1 - ByteBuffer.snappyCopyCountMin
      guard
        text.littleEndian(at: place + last, as: UInt32.self) == text.littleEndian(at: candidate + last, as: UInt32.self)
      else { continue }
      let repeated = Self.repeatedCount(text, earlier, place, candidate, limit: limit)
      guard repeated > farCount else { continue }
      let count = Self.closedCount(opened, candidate, limit: repeated)
      if offset < Self.nearOffsetEnd, count > nearCount, nearCount < Self.nearCountMax {
        let end = min(count, Self.nearCountMax)
        arrive(place, nearCount + 1..<end + 1, cost + 2, offset)
        nearCount = end
      }
      guard count > farCount else { continue }
      let first = max(farCount, nearCount, count - Self.shortenedCountMax) + 1
      arrive(place, first..<max(first, count + 1), cost + 3, offset)
      farCount = count
    }
  }

  @inline(__always)
  private mutating func arrive(_ place: Int, _ counts: Range<Int>, _ cost: Int32, _ offset: Int) {
    for count in counts where cost < copies[place + count].cost {
      copies[place + count] = Arrival(cost: cost, count: UInt8(count), offset: UInt16(offset))
    }
  }

  /// Goes back from the end.
  private mutating func cheapest(_ byteCount: Int) -> BlockCut {
    steps.removeAll(keepingCapacity: true)
    var place = byteCount
    while place > 0 {
      // With a literal, while that is cheaper; of two ways that cost the same a copy comes first.
      if copies[place].cost <= literals[place] {
        steps.append((Int(copies[place].count), Int(copies[place].offset)))
        place -= Int(copies[place].count)
        continue
      }
      let end = place
      repeat { place -= 1 } while place > 0 && copies[place].cost + 2 > literals[place] + 1
      steps.append((end - place, 0))
    }
    var cut = BlockCut()
    for step in steps.reversed() {
      if step.offset == 0 { cut.append(literal: step.count) } else { cut.append(copy: step.count, offset: step.offset) }
    }
    cut.finish()
    return cut
  }

  /// How many of `limit` bytes from `place` on aren't open.
  @inline(__always)
  private static func closedCount(_ opened: borrowing OpenedBytes, _ place: Int, limit: Int) -> Int {
    let bits = opened.bits(place, limit)
    return bits == 0 ? limit : bits.trailingZeroBitCount
  }

  @inline(__always)
  private static func repeatedCount(
    _ text: Span<UInt8>,
    _ earlier: Span<UInt8>,
    _ place: Int,
    _ candidate: Int,
    limit: Int
  ) -> Int {
    var done = 0
    while done < limit {
      let new =
        text.littleEndian(at: place + done, as: UInt64.self) ^ text.littleEndian(at: candidate + done, as: UInt64.self)
      let old =
        earlier.littleEndian(at: place + done, as: UInt64.self)
        ^ earlier.littleEndian(at: candidate + done, as: UInt64.self)
      let difference = new | old
      if difference != 0 { return min(done + difference.trailingZeroBitCount / 8, limit) }
      done += 8
    }
    return limit
  }

  @inline(__always)
  private static func slot(_ word: UInt32, _ earlier: UInt32) -> Int {
    let both = UInt64(word) << 32 | UInt64(earlier)
    return Int(truncatingIfNeeded: (both &* 0x9e37_79b9_7f4a_7c15) >> UInt64(64 - hashBitCount))
  }
}
