/// A block less the repetitions that are none any more: what isn't touched is kept byte by byte.
struct BlockRevision: ~Copyable {
  /// A part of the revised block that holes may be in.
  enum Part {
    /// Kept, from a place of the old block on, and moved by so much.
    case kept(text: Range<Int>, old: Range<Int>, shift: Int)
    /// A literal that is new or larger than before, whose bytes begin there.
    case literal(text: Range<Int>, position: Int)
  }

  private(set) var block = ByteBuffer()
  private(set) var parts: [Part] = []
  /// Elements that are kept, up to now: where they begin in the old block, and in the text.
  private var kept: (old: Int, text: Int)?
  /// A literal that grows: where it begins in the text.
  private var literal: Int?
  /// Where the elements are told apart that follow one another.
  private var (old, place) = (0, 0)

  /// - Parameters:
  ///   - opened: bytes that repeat nothing any more, and that nothing repeats.
  ///   - text: what the old block says.
  mutating func revise(_ earlier: Span<UInt8>, without opened: borrowing OpenedBytes, _ text: borrowing RunText) {
    block.removeAll()
    parts.removeAll(keepingCapacity: true)
    (kept, literal, old, place) = (nil, nil, 0, 0)
    var elements = SnappyElements(earlier)
    /// The last element, if it is a literal that is kept.
    var lastLiteral: (old: Int, text: Int)?
    while let element = elements.next() {
      if element.isLiteral {
        if literal == nil, opened.touches(place, element.count) {
          endKept(earlier, old: old, text: place)
          literal = place
        } else if literal == nil {
          if kept == nil { kept = (old, place) }
          lastLiteral = (old, place)
        }
      } else {
        let touched = opened.bits(place, element.count) | opened.bits(place - element.offset, element.count)
        if touched == 0 {
          endLiteral(at: place, text)
          if kept == nil { kept = (old, place) }
        } else {
          // A literal before it may grow into it: the bytes of one hole lie in one literal.
          if let before = lastLiteral {
            endKept(earlier, old: before.old, text: before.text)
            literal = before.text
          } else {
            endKept(earlier, old: old, text: place)
          }
          cut(element, touched, text)
        }
        lastLiteral = nil
      }
      place += element.count
      old = elements.place
    }
    endKept(earlier, old: old, text: place)
    endLiteral(at: place, text)
  }

  private mutating func endKept(_ earlier: Span<UInt8>, old end: Int, text textEnd: Int) {
    guard let (old, text) = kept else { return }
    kept = nil
    guard old < end else { return }
    parts.append(.kept(text: text..<textEnd, old: old..<end, shift: block.count - old))
    block.append(earlier.extracting(old..<end))
  }

  private mutating func endLiteral(at end: Int, _ text: borrowing RunText) {
    guard let start = literal else { return }
    literal = nil
    guard start < end else { return }
    block.append(snappyLiteral: end - start)
    parts.append(.literal(text: start..<end, position: block.count))
    text.append(start..<end, to: &block)
  }

  /// - Parameter touched: which bytes of the copy are none any more, the first one in the lowest bit.
  private mutating func cut(_ copy: SnappyElements.Element, _ touched: UInt64, _ text: borrowing RunText) {
    var done = 0
    while done < copy.count {
      let rest = touched >> UInt64(done)
      let whole = min(rest == 0 ? 64 : rest.trailingZeroBitCount, copy.count - done)
      if whole >= ByteBuffer.snappyCopyCountMin {
        endLiteral(at: place + done, text)
        block.append(snappyCopy: whole, offset: copy.offset)
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
