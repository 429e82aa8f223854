/// A field of dots, two across and four down in each character of the Braille block (Unicode 16.0, 2800-28FF).
struct DotGrid {
  let columns: Int
  let rows: Int
  private var cells: [UInt8]

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = [UInt8](repeating: 0, count: columns * rows)
  }

  /// Sets a dot; both count from 0, `dot` from the bottom.
  mutating func set(_ column: Int, _ dot: Int) {
    let row = rows - 1 - dot / 4
    let bit: UInt8 =
      switch (column % 2, dot % 4) {
      case (0, 3): 0x01
      case (0, 2): 0x02
      case (0, 1): 0x04
      case (0, _): 0x40
      case (_, 3): 0x08
      case (_, 2): 0x10
      case (_, 1): 0x20
      case (_, _): 0x80
      }
    cells[row * columns + column / 2] |= bit
  }

  /// The character of a cell; `nil` where it is empty.
  func character(_ column: Int, _ row: Int) -> Character? {
    let bits = cells[row * columns + column]
    return bits == 0 ? nil : Unicode.Scalar(0x2800 + UInt32(bits)).map(Character.init)
  }
}
