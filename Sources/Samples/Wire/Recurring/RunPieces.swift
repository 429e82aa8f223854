/// How a run's text is cut: what is said for the first time, and what was said before.
struct RunPieces: ~Copyable {
  struct Repetition: BitwiseCopyable {
    var count = 0
    /// How far back it was said before.
    var offset = 0
  }

  /// So many bytes that are said for the first time, and the repetition that follows, if any does.
  struct Piece: BitwiseCopyable {
    let literalCount: Int
    let repetition: Repetition
  }

  private(set) var pieces: [Piece] = []
  private var literalCount = 0

  mutating func removeAll() {
    pieces.removeAll(keepingCapacity: true)
    literalCount = 0
  }

  mutating func append(literal count: Int) { literalCount += count }

  mutating func append(_ repetition: Repetition) {
    pieces.append(Piece(literalCount: literalCount, repetition: repetition))
    literalCount = 0
  }

  mutating func finish() {
    if literalCount > 0 { append(Repetition()) }
  }

  /// Cuts the text as a block of it is cut that knows nothing of kinds, as far as what it repeats is a repetition each time.
  mutating func take(_ block: borrowing ByteBuffer, _ text: borrowing RunText, _ kinds: borrowing TextKinds) {
    removeAll()
    let head = Protobuf.varintByteCount(UInt64(text.byteCount))
    var elements = SnappyElements(block.span.extracting(head..<block.count))
    var place = 0
    while let element = elements.next() {
      var done = 0
      if element.isLiteral {
        append(literal: element.count)
        done = element.count
      }
      while done < element.count {
        let start = place + done
        let count = kinds.repeatedCount(text, start, of: start - element.offset, limit: element.count - done)
        if count >= ByteBuffer.snappyCopyCountMin {
          append(Repetition(count: count, offset: element.offset))
          done += count
        } else {
          let rest = min(count + 1, element.count - done)
          append(literal: rest)
          done += rest
        }
      }
      place += element.count
    }
    finish()
  }
}
