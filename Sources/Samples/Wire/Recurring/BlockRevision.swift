/// What becomes of a block whose text has bytes that repeat nothing any more, and that nothing repeats: what isn't touched by them is kept.
struct BlockRevision: ~Copyable {
  /// What the revised block consists of, in order.
  enum Part {
    /// Elements of the old block, and what they say.
    case kept(text: Range<Int>, old: Range<Int>)
    /// A literal that is new, or larger than before.
    case literal(text: Range<Int>)
    /// What is left of a copy.
    case copy(count: Int, offset: Int)
  }

  private(set) var parts: [Part] = []
  /// Elements that are kept, up to now: where they begin in the old block, and in the text.
  private var kept: (old: Int, text: Int)?
  /// A literal that grows: where it begins in the text.
  private var literal: Int?

  mutating func revise(_ earlier: Span<UInt8>, without opened: borrowing OpenedBytes) {
    parts.removeAll(keepingCapacity: true)
    literal = nil
    var elements = SnappyElements(earlier)
    /// The last element, if it is a literal that is kept. A copy says what came before it, so all before the first byte opened is kept.
    var (place, lastLiteral) = elements.skip(before: opened.bounds.lowerBound)
    /// Where the elements are told apart that follow one another; `place` is that in the text.
    var old = elements.place
    kept = old > 0 ? (0, 0) : nil
    while let element = elements.next() {
      if element.isLiteral {
        if literal == nil, opened.touches(place, element.count) {
          endKept(old: old, text: place)
          literal = place
        } else if literal == nil {
          if kept == nil { kept = (old, place) }
          lastLiteral = (old, place)
        }
      } else {
        let touched = opened.touched(place, element)
        if touched == 0 {
          endLiteral(at: place)
          if kept == nil { kept = (old, place) }
        } else {
          // A literal before it may grow into it: the bytes of one hole lie in one literal.
          if let before = lastLiteral {
            endKept(old: before.old, text: before.text)
            literal = before.text
          } else {
            endKept(old: old, text: place)
          }
          cut(element, at: place, touched)
        }
        lastLiteral = nil
      }
      place += element.count
      old = elements.place
    }
    endKept(old: old, text: place)
    endLiteral(at: place)
  }

  private mutating func endKept(old end: Int, text textEnd: Int) {
    guard let (old, text) = kept else { return }
    kept = nil
    if old < end { parts.append(.kept(text: text..<textEnd, old: old..<end)) }
  }

  private mutating func endLiteral(at end: Int) {
    guard let start = literal else { return }
    literal = nil
    if start < end { parts.append(.literal(text: start..<end)) }
  }

  /// - Parameter touched: which bytes of the copy are none any more, the first one in the lowest bit.
  private mutating func cut(_ copy: SnappyElements.Element, at place: Int, _ touched: UInt64) {
    var done = 0
    while done < copy.count {
      let rest = touched >> UInt64(done)
      let whole = min(rest == 0 ? 64 : rest.trailingZeroBitCount, copy.count - done)
      if whole >= ByteBuffer.snappyCopyCountMin {
        endLiteral(at: place + done)
        parts.append(.copy(count: whole, offset: copy.offset))
      } else if literal == nil {
        literal = place + done
      }
      done += whole
      guard done < copy.count else { break }
      if literal == nil { literal = place + done }
      done += min((~(touched >> UInt64(done))).trailingZeroBitCount, copy.count - done)
    }
  }
}

extension OpenedBytes {
  /// Which bytes of a copy it has, or of what they repeat.
  @inline(__always)
  fileprivate func touched(_ place: Int, _ copy: SnappyElements.Element) -> UInt64 {
    guard place + copy.count > bounds.lowerBound, place - copy.offset < bounds.upperBound else { return 0 }
    return bits(place, copy.count) | bits(place - copy.offset, copy.count)
  }
}
