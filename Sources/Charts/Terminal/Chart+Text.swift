extension Chart {
  /// The chart for a terminal, its lines at most `width` characters wide.
  ///
  /// - Parameters:
  ///   - width: of the terminal; what is narrower than 40 or wider than 200 is taken as that.
  ///   - rows: of each panel.
  public func text(width: Int, rows: Int = 6, isColoured: Bool) -> String {
    TerminalChart(self, width: min(200, max(40, width)), rows: max(2, rows), isColoured: isColoured).text
  }
}

/// The parts of a chart for a terminal, put together.
private struct TerminalChart {
  let chart: Chart
  let time: Scale
  let panels: [TerminalPanel]
  /// Of what stands before the axis.
  let margin: Int
  let columns: Int
  let isColoured: Bool

  init(_ chart: Chart, width: Int, rows: Int, isColoured: Bool) {
    self.chart = chart
    self.isColoured = isColoured
    let widest = chart.panels.reduce(0) { widest, panel in
      panel.scale(marks: max(1, rows / 2)).marks.reduce(widest) { max($0, panel.unit.mark($1).count) }
    }
    margin = widest + 1
    columns = width - margin - 2
    let scale = Scale(seconds: chart.seconds, marks: columns / 10)
    time = scale
    let columns = columns
    panels = chart.panels.map { TerminalPanel($0, scale, columns: columns, rows: rows) }
  }

  var text: String {
    var lines = [styled(chart.title, "1"), ""]
    for (panel, cells) in zip(chart.panels, panels) {
      lines += headings(panel)
      for (row, mark) in zip(cells.rows, cells.marks) {
        let axis = mark.isEmpty ? "│" : "┤"
        lines.append(padded(mark, margin) + " " + axis + joined(row))
      }
    }
    lines += timeAxis + spanLines + eventLines
    return lines.map { trimmedEnd($0) + "\n" }.joined()
  }

  /// What the panel shows, and below it, where the line is too short, its legend.
  private func headings(_ panel: Chart.Panel) -> [String] {
    var parts = [(text: panel.title + panel.unit.heading, shown: styled(panel.title, "1") + panel.unit.heading)]
    if panel.series.count > 1 {
      for (index, line) in panel.series.enumerated() {
        let glyph = String(TerminalPanel.glyphs[index % TerminalPanel.glyphs.count])
        parts.append(("\(glyph) \(line.name)", "\(styled(glyph, colour(index))) \(line.name)"))
      }
    }
    let limits = panel.shownLimits.map { "╌ \($0.name) \(panel.unit.text($0.value))" }
    let others = panel.farLimits.map { "\($0.name) \(panel.unit.text($0.value))" }
    parts += (limits + others).map { ($0, $0) }
    var lines: [String] = []
    var length = 0
    for part in parts {
      if lines.isEmpty || length + 3 + part.text.count > margin + 2 + columns {
        lines.append(lines.isEmpty ? part.shown : "  " + part.shown)
        length = part.text.count + (lines.count == 1 ? 0 : 2)
      } else {
        lines[lines.count - 1] += "   " + part.shown
        length += 3 + part.text.count
      }
    }
    return lines
  }

  private var timeAxis: [String] {
    var axis = [Character](repeating: "─", count: columns)
    var labels = [Character](repeating: " ", count: columns + 8)
    var end = 0
    for mark in time.marks {
      let column = self.column(mark)
      axis[column] = "┬"
      let label = durationText(mark)
      let start = max(0, column - label.count / 2)
      guard start >= end, start + label.count <= columns + 1 else { continue }
      labels.replaceSubrange(start..<(start + label.count), with: label)
      end = start + label.count + 1
    }
    return [padded("", margin) + " └" + String(axis), padded("", margin) + "  " + String(labels)]
  }

  private var spanLines: [String] {
    chart.spans.map { span in
      let first = column(span.seconds.lowerBound)
      let last = column(span.seconds.upperBound)
      var bar = [Character](repeating: "━", count: max(1, last - first + 1))
      let name = Array(" \(span.name) ")
      let space = String(repeating: " ", count: first)
      if name.count + 2 <= bar.count {
        let start = (bar.count - name.count) / 2
        bar.replaceSubrange(start..<(start + name.count), with: name)
        return padded("", margin) + "  " + space + String(bar)
      }
      return padded("", margin) + "  " + space + String(bar) + " " + span.name
    }
  }

  private var eventLines: [String] {
    chart.shownEvents.map { event in
      let column = column(event.seconds)
      let text = "\(event.name), \(durationText(event.seconds))"
      let before = padded("", margin) + "  "
      if column + 2 + text.count <= columns { return before + String(repeating: " ", count: column) + "▲ " + text }
      let room = max(0, column - text.count - 1)
      return before + String(repeating: " ", count: room) + text + " ▲"
    }
  }

  private func column(_ seconds: Double) -> Int { min(columns - 1, Int(time.position(seconds) * Double(columns))) }

  private func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private func joined(_ cells: [TerminalPanel.Cell]) -> String {
    var text = ""
    var current: Int?
    for cell in cells {
      if isColoured, cell.line != current {
        text += current == nil ? "" : "\u{1b}[0m"
        text += cell.line.map { "\u{1b}[\(colour($0))m" } ?? ""
        current = cell.line
      }
      text.append(cell.character)
    }
    return text + (current == nil ? "" : "\u{1b}[0m")
  }

  private func styled(_ text: String, _ code: String) -> String {
    isColoured ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
  }

  /// Blue, yellow, green, magenta: legible on dark and on light.
  private func colour(_ line: Int) -> String { ["34", "33", "32", "35"][line % 4] }

  private func trimmedEnd(_ line: String) -> String {
    var end = line.endIndex
    while end > line.startIndex, line[line.index(before: end)] == " " { end = line.index(before: end) }
    return String(line[..<end])
  }
}
