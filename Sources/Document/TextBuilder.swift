/// A text under construction by a printer: literal bytes gather in one buffer until a slot interrupts them, so that
/// printing takes time in proportion to what is printed.
struct TextBuilder<H: Hole> {
  private var pieces: [Text<H>.Piece] = []
  private var literal: [UInt8] = []

  mutating func append(_ string: String) { literal.append(contentsOf: string.utf8) }
  mutating func append(_ bytes: ArraySlice<UInt8>) { literal.append(contentsOf: bytes) }
  mutating func append(_ byte: Unicode.Scalar) { literal.append(UInt8(ascii: byte)) }
  mutating func append(spaces count: Int) { literal.append(contentsOf: repeatElement(UInt8(ascii: " "), count: count)) }

  mutating func append(_ slot: Term<String, H>, _ characters: SlotCharacters) {
    flush()
    pieces.append(.slot(slot, characters))
  }

  mutating func append(_ text: Text<H>) {
    text.forEachPiece { piece in
      switch piece {
      case .literal(let string): append(string)
      case .slot(let term, let characters): append(term, characters)
      }
    }
  }

  mutating func finish() -> Text<H> {
    flush()
    return Text(pieces: pieces)
  }

  private mutating func flush() {
    if literal.isEmpty { return }
    pieces.append(.literal(String(decoding: literal, as: UTF8.self)))
    literal.removeAll(keepingCapacity: true)
  }
}
