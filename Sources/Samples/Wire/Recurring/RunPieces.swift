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
}
