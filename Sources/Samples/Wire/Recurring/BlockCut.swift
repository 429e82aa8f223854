/// How a text is cut into the elements of a snappy block: literals, and copies of what came before. A cut serves every text of that length
/// whose repetitions lie where it has its copies.
struct BlockCut {
  /// A literal, and the copy that follows it; either may be empty.
  struct Element: BitwiseCopyable {
    /// The longest that fits one.
    static let literalCountMax = Int(UInt16.max)

    var literalCount: UInt16
    /// 64 at most.
    var copyCount: UInt8
    var offset: UInt16
  }

  private(set) var elements: [Element] = []
  private var literalCount = 0

  /// Bytes of memory held.
  var footprint: Int { elements.capacity * MemoryLayout<Element>.stride }

  mutating func append(literal count: Int) {
    literalCount += count
    while literalCount > Element.literalCountMax {
      elements.append(Element(literalCount: .max, copyCount: 0, offset: 0))
      literalCount -= Element.literalCountMax
    }
  }

  mutating func append(copy count: Int, offset: Int) {
    elements.append(Element(literalCount: UInt16(literalCount), copyCount: UInt8(count), offset: UInt16(offset)))
    literalCount = 0
  }

  mutating func finish() {
    if literalCount > 0 { append(copy: 0, offset: 0) }
  }

  /// Puts the block into `block`, in place of what it holds.
  /// - Parameter text: `byteCount` bytes, with `ByteBuffer.pieceMargin` of anything behind them.
  /// - Returns: false where a copy says something else than the text; what is in `block` then is of no use.
  func write(_ text: Span<UInt8>, byteCount: Int, into block: inout ByteBuffer) -> Bool {
    block.removeAll()
    block.append(varint: byteCount)
    var place = 0
    let elements = elements.span
    for index in elements.indices {
      let element = elements[index]
      let literalCount = Int(element.literalCount)
      if literalCount > 0 {
        block.append(snappyLiteral: literalCount)
        block.append(text, piece: place..<place + literalCount)
        place += literalCount
      }
      let copyCount = Int(element.copyCount)
      if copyCount > 0 {
        let offset = Int(element.offset)
        guard Self.isRepeated(text, place, copyCount, offset) else { return false }
        block.append(snappyCopy: copyCount, offset: offset)
        place += copyCount
      }
    }
    return true
  }

  /// The same with the bytes as literals that copies don't say any more.
  /// - Parameter opened: learns of these bytes.
  func revised(for text: Span<UInt8>, _ opened: inout OpenedBytes) -> BlockCut {
    var revised = BlockCut()
    revised.elements.reserveCapacity(elements.count + 16)
    var place = 0
    for element in elements {
      revised.append(literal: Int(element.literalCount))
      place += Int(element.literalCount)
      let end = place + Int(element.copyCount)
      let offset = Int(element.offset)
      if place < end, Self.isRepeated(text, place, end - place, offset) {
        revised.append(copy: end - place, offset: offset)
        place = end
      }
      while place < end {
        var (same, different) = (0, 0)
        while place + same < end, text[place + same] == text[place + same - offset] { same += 1 }
        if same >= ByteBuffer.snappyCopyCountMin {
          revised.append(copy: same, offset: offset)
        } else {
          revised.append(literal: same)
        }
        place += same
        while place + different < end, text[place + different] != text[place + different - offset] { different += 1 }
        revised.append(literal: different)
        if different > 0 { opened.insert(place..<place + different) }
        place += different
      }
    }
    revised.finish()
    return revised
  }

  /// Whether `count` bytes are those that lie `offset` before them; there are as many behind the text as are looked at in vain.
  @inline(__always)
  private static func isRepeated(_ text: Span<UInt8>, _ place: Int, _ count: Int, _ offset: Int) -> Bool {
    var done = 0
    var difference: UInt64 = 0
    while count - done >= 8 {
      difference |=
        text.littleEndian(at: place + done, as: UInt64.self)
        ^ text.littleEndian(at: place + done - offset, as: UInt64.self)
      done += 8
    }
    if done < count {
      let last =
        text.littleEndian(at: place + done, as: UInt64.self)
        ^ text.littleEndian(at: place + done - offset, as: UInt64.self)
      difference |= last << UInt64((8 - (count - done)) * 8)
    }
    return difference == 0
  }
}
