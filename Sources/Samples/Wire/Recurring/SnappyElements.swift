/// What a snappy block consists of: literals, and copies of what came before (google/snappy, format_description.txt, 2.1 and 2.2).
extension ByteBuffer {
  /// How far back a copy of two bytes of offset reaches.
  static let snappyOffsetMax = 0xffff
  /// Anything shorter costs as much as its literal.
  static let snappyCopyCountMin = 4

  /// The head of a literal; its bytes follow.
  mutating func append(snappyLiteral byteCount: Int) {
    let length = byteCount - 1
    switch length {
    case ..<60: append(UInt8(length << 2))
    case ..<0x100:
      append(60 << 2)
      append(UInt8(length))
    case ..<0x1_0000:
      append(61 << 2)
      append(littleEndian: UInt16(length))
    default:
      append(63 << 2)
      append(littleEndian: UInt32(length))
    }
  }

  /// Copies of at most 64 bytes each, none of which is left too short for one.
  mutating func append(snappyCopy byteCount: Int, offset: Int) {
    var rest = byteCount
    while rest >= 64 + Self.snappyCopyCountMin {
      append(snappyCopy64: 64, offset)
      rest -= 64
    }
    if rest > 64 {
      append(snappyCopy64: 60, offset)
      rest -= 60
    }
    if rest < 12, offset < 0x800 {
      append(UInt8((offset >> 8) << 5 | (rest - 4) << 2 | 1))
      append(UInt8(offset & 0xff))
    } else {
      append(snappyCopy64: rest, offset)
    }
  }

  private mutating func append(snappyCopy64 byteCount: Int, _ offset: Int) {
    append(UInt8((byteCount - 1) << 2 | 2))
    append(littleEndian: UInt16(offset))
  }
}

/// Reads the elements of a block without its head, one that a compressor here wrote.
struct SnappyElements: ~Escapable {
  struct Element {
    let isLiteral: Bool
    let count: Int
    let offset: Int
  }

  private let block: Span<UInt8>
  /// Behind the last element.
  private(set) var place = 0

  @_lifetime(copy block)
  init(_ block: Span<UInt8>) { self.block = block }

  /// The next element; a copy has 64 bytes at most.
  @_lifetime(self: copy self)
  mutating func next() -> Element? {
    guard place < block.count else { return nil }
    let tag = Int(block[place])
    switch tag & 3 {
    case 0:
      var (length, lengthByteCount) = (tag >> 2, 0)
      if length >= 60 {
        lengthByteCount = length - 59
        length = 0
        for byte in 0..<lengthByteCount { length |= Int(block[place + 1 + byte]) << (8 * byte) }
      }
      place += 1 + lengthByteCount + length + 1
      return Element(isLiteral: true, count: length + 1, offset: 0)
    case 1:
      let offset = (tag >> 5) << 8 | Int(block[place + 1])
      place += 2
      return Element(isLiteral: false, count: (tag >> 2) & 7 + 4, offset: offset)
    default:
      let offset = Int(block.littleEndian(at: place + 1, as: UInt16.self))
      place += 3
      return Element(isLiteral: false, count: tag >> 2 + 1, offset: offset)
    }
  }

  /// Passes over what says nothing behind `end` in the text, and no offset has to be known of.
  /// - Returns: where in the text the next element begins, and the last one that was passed over, if it is a literal.
  @_lifetime(self: copy self)
  mutating func skip(before end: Int) -> (text: Int, lastLiteral: (old: Int, text: Int)?) {
    var text = 0
    var lastLiteral: (old: Int, text: Int)?
    while place < block.count {
      let tag = Int(block[place])
      let count: Int
      switch tag & 3 {
      case 1: count = (tag >> 2) & 7 + 4
      case 2: count = tag >> 2 + 1
      default:
        let start = place
        guard let literal = next() else { return (text, lastLiteral) }
        guard text + literal.count <= end else {
          place = start
          return (text, lastLiteral)
        }
        lastLiteral = (start, text)
        text += literal.count
        continue
      }
      guard text + count <= end else { return (text, lastLiteral) }
      lastLiteral = nil
      text += count
      place += 1 + tag & 3
    }
    return (text, lastLiteral)
  }
}
