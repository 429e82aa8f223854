/// Compresses what a request says of a run of series, and notes where the holes lie. One serves many runs: it keeps its memory.
struct RunWorkshop: ~Copyable {
  /// Bytes of a varint that fit a word.
  private static let timestampByteCountMax = 8
  /// Of a text: many times what series have to say, and little memory.
  private static let textByteCountMax = 1 << 18

  /// A snappy block without its head.
  private(set) var block = ByteBuffer()
  private(set) var timestampHoles: [ByteHole] = []
  private var text = RunText()
  private var kinds = TextKinds()
  private var pieces = RunPieces()
  private var search = RepetitionSearch()

  private var opened = OpenedBytes()
  private var revision = BlockRevision()

  var textByteCount: Int { text.byteCount }

  /// Turns to samples that share one timestamp.
  mutating func begin(
    _ record: borrowing DecodedRecord,
    _ range: Range<Int>,
    dictionary: borrowing SegmentDictionary
  ) {
    text.measure(record, range, dictionary: dictionary)
    opened.removeAll(byteCount: text.byteCount)
  }

  /// Leaves bytes of a sample's value open from now on.
  mutating func open(_ bytes: Range<Int>, of sample: Int) {
    let value = text.valueOffsets[sample]
    opened.insert(value + bytes.lowerBound..<value + bytes.upperBound)
  }

  /// Makes their block.
  /// - Parameter holes: by sample, which bytes of its value are left open; where they lie is put in.
  /// - Returns: false if it is too large, or its text.
  mutating func compress(
    _ record: borrowing DecodedRecord,
    _ range: Range<Int>,
    _ holes: inout [ByteHole],
    dictionary: borrowing SegmentDictionary
  ) -> Bool {
    guard text.timestampByteCount <= Self.timestampByteCountMax, text.byteCount <= Self.textByteCountMax else {
      return false
    }
    text.write(record, range, dictionary: dictionary)
    kinds.replace(with: text, holes)
    search.cut(text, kinds, into: &pieces)
    return write(&holes)
  }

  /// Makes their block of the one that there is, less what was opened.
  mutating func revise(
    _ earlier: [UInt8],
    _ record: borrowing DecodedRecord,
    _ range: Range<Int>,
    _ holes: inout [ByteHole],
    timestampHoles earlierHoles: [ByteHole],
    dictionary: borrowing SegmentDictionary
  ) -> Bool {
    revision.revise(earlier.span, without: opened)
    block.removeAll()
    timestampHoles.removeAll(keepingCapacity: true)
    var (valueHole, earlierHole) = (0, 0)
    for part in revision.parts {
      switch part {
      case .kept(let said, let old):
        let shift = block.count - old.lowerBound
        block.append(earlier.span.extracting(old))
        move(&holes, from: &valueHole, upTo: said.upperBound, shift)
        while earlierHole < earlierHoles.count, Int(earlierHoles[earlierHole].position) < old.upperBound {
          let hole = earlierHoles[earlierHole]
          if Int(hole.position) >= old.lowerBound { timestampHoles.append(hole.moved(by: shift)) }
          earlierHole += 1
        }
      case .literal(let said):
        block.append(snappyLiteral: said.count)
        let shift = block.count - said.lowerBound
        text.append(said, of: record, range, dictionary: dictionary, to: &block)
        place(&holes, from: &valueHole, in: said, shift)
        var sample = text.sample(endingAfter: said.lowerBound)
        placeTimestamps(from: &sample, in: said, shift)
      case .copy(let count, let offset): block.append(snappyCopy: count, offset: offset)
      }
    }
    return block.count <= Int(UInt16.max)
  }

  private func move(_ holes: inout [ByteHole], from next: inout Int, upTo end: Int, _ shift: Int) {
    while next < holes.count, text.valueOffsets[next] < end {
      let open = holes[next].bytes
      guard open.isEmpty || text.valueOffsets[next] + open.lowerBound < end else { return }
      holes[next] = holes[next].moved(by: shift)
      next += 1
    }
  }

  private mutating func write(_ holes: inout [ByteHole]) -> Bool {
    block.removeAll()
    timestampHoles.removeAll(keepingCapacity: true)
    var offset = 0
    var (valueHole, timestampHole) = (0, 0)
    for piece in pieces.pieces {
      if piece.literalCount > 0 {
        let range = offset..<offset + piece.literalCount
        block.append(snappyLiteral: range.count)
        let shift = block.count - offset
        text.append(range, to: &block)
        place(&holes, from: &valueHole, in: range, shift)
        placeTimestamps(from: &timestampHole, in: range, shift)
        offset += piece.literalCount
      }
      if piece.repetition.count > 0 {
        block.append(snappyCopy: piece.repetition.count, offset: piece.repetition.offset)
        offset += piece.repetition.count
      }
      if block.count > Int(UInt16.max) { return false }
    }
    return true
  }

  /// Says where values are left open: all of a value's open bytes are in one literal, since they repeat nothing.
  private func place(_ holes: inout [ByteHole], from next: inout Int, in range: Range<Int>, _ shift: Int) {
    while next < holes.count {
      let open = holes[next].bytes
      let first = text.valueOffsets[next] + open.lowerBound
      guard open.isEmpty || first < range.upperBound else { return }
      if !open.isEmpty { holes[next].position = UInt16(truncatingIfNeeded: first + shift) }
      next += 1
    }
  }

  /// Says where the timestamp isn't repeated.
  private mutating func placeTimestamps(from next: inout Int, in range: Range<Int>, _ shift: Int) {
    while next < text.valueOffsets.count {
      let start = text.timestampOffset(next)
      let end = start + text.timestampByteCount
      let part = max(start, range.lowerBound)..<max(min(end, range.upperBound), max(start, range.lowerBound))
      if !part.isEmpty {
        timestampHoles.append(
          ByteHole(position: part.lowerBound + shift, lower: part.lowerBound - start, count: part.count)
        )
      }
      // The rest of it may be in another literal.
      guard end <= range.upperBound else { return }
      next += 1
    }
  }
}
