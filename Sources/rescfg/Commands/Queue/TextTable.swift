/// Columns of text, as wide as their widest cell.
struct TextTable {
  private var rows: [[String]]
  private let right: Set<Int>

  /// - Parameter right: columns of numbers, which end at the same place.
  init(_ heads: [String], right: Set<Int>) {
    rows = [heads]
    self.right = right
  }

  mutating func add(_ cells: [String]) { rows.append(cells) }

  var text: String {
    let widths = rows[0].indices.map { column in rows.reduce(0) { max($0, $1[column].count) } }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let space = String(repeating: " ", count: widths[column] - cell.count)
        line += (column == 0 ? "" : "  ") + (right.contains(column) ? space + cell : cell + space)
      }
      while line.hasSuffix(" ") { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}
