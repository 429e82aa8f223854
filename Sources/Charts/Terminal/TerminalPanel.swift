/// A panel as rows of cells, each a character and the number of the line whose colour it has.
struct TerminalPanel {
  struct Cell {
    var character: Character = " "
    var line: Int?
  }

  /// From the top.
  private(set) var rows: [[Cell]]
  /// What stands beside each row; empty for most.
  private(set) var marks: [String]

  /// What draws a line where several share a panel.
  static let glyphs: [Character] = ["•", "×", "+", "o"]

  init(_ panel: Chart.Panel, _ time: Scale, columns: Int, rows count: Int) {
    let scale = panel.scale(marks: max(1, count / 2))
    rows = [[Cell]](repeating: [Cell](repeating: Cell(), count: columns), count: count)
    marks = [String](repeating: "", count: count)
    for mark in scale.marks { marks[Self.row(of: mark, scale, count)] = panel.unit.mark(mark) }
    for limit in panel.shownLimits {
      let row = Self.row(of: limit.value, scale, count)
      for column in 0..<columns { rows[row][column].character = "╌" }
    }
    if panel.series.count == 1 {
      drawDots(panel.series[0], time, scale)
    } else {
      for (index, line) in panel.series.enumerated() { drawGlyphs(line, index, time, scale) }
    }
  }

  /// The row of the dot that stands for a value.
  private static func row(of value: Double, _ scale: Scale, _ count: Int) -> Int {
    count - 1 - Int((scale.position(value) * Double(count * 4 - 1)).rounded()) / 4
  }

  private mutating func drawDots(_ line: Chart.Series, _ time: Scale, _ scale: Scale) {
    let columns = rows[0].count
    let top = rows.count * 4 - 1
    var dots = DotGrid(columns: columns, rows: rows.count)
    for (column, values) in envelope(line.points, in: time.range, columns: columns * 2).enumerated() {
      guard let values else { continue }
      let low = Int((scale.position(values.lowerBound) * Double(top)).rounded())
      let high = Int((scale.position(values.upperBound) * Double(top)).rounded())
      for dot in low...high { dots.set(column, dot) }
    }
    for row in rows.indices {
      for column in 0..<columns {
        if let character = dots.character(column, row) { rows[row][column] = Cell(character: character, line: 0) }
      }
    }
  }

  private mutating func drawGlyphs(_ line: Chart.Series, _ index: Int, _ time: Scale, _ scale: Scale) {
    let glyph = Self.glyphs[index % Self.glyphs.count]
    for (column, values) in envelope(line.points, in: time.range, columns: rows[0].count).enumerated() {
      guard let values else { continue }
      let row = Self.row(of: (values.lowerBound + values.upperBound) / 2, scale, rows.count)
      rows[row][column] = Cell(character: glyph, line: index)
    }
  }
}
