import Charts
import Model

/// A plan of one environment for a terminal: what it comes to, each figure with its arithmetic, what holds beside figures, and the
/// partition as a chart.
struct PlanReport {
  private let plan: Plan
  private let width: Int
  private let isColoured: Bool

  init(_ plan: Plan, width: Int, isColoured: Bool) {
    self.plan = plan
    self.width = min(200, max(60, width))
    self.isColoured = isColoured
  }

  var text: String {
    let sections = PlanSection.all(of: plan)
    let figures = sections.flatMap(\.figures)
    let titles = figures.reduce(0) { max($0, $1.name.title.count) }
    let values = figures.reduce(0) { max($0, $1.text.count) }
    var text = headline
    for section in sections {
      text += "\n\(styled(section.heading, "1"))\n"
      for figure in section.figures { text += row(figure, titles, values) }
    }
    text += "\n\(styled("What becomes of unsent samples", "1"))\n"
    let events = plan.guarantees.reduce(0) { max($0, $1.event.count) }
    for guarantee in plan.guarantees {
      text += hanging("  \(padded(guarantee.event, events))  ", guarantee.outcome)
    }
    return text + "\n" + plan.chart.text(width: width, isColoured: isColoured)
  }

  private var headline: String {
    let wanted = Figure.Unit.seconds.text(plan.outage)
    let survives = Figure.Unit.seconds.text(plan.survives)
    let verdict = plan.holds ? styled("loses nothing", "32") : styled("loses samples", "31")
    let condition = plan.configuration[Settings.collector].hasDurableQueue ? "" : ", if nothing restarts"
    return hanging(
      "",
      "\(plan.configuration.environment) \(verdict) in a partition of \(wanted)\(condition): it survives \(survives), by \(plan.binding.bound)"
    )
  }

  private func row(_ figure: Figure, _ titles: Int, _ values: Int) -> String {
    let value = String(repeating: " ", count: values - figure.text.count) + figure.text
    let strong = figure.name == .survives || figure.name == .cost
    let start = "  \(padded(figure.name.title, titles))  \(strong ? styled(value, "1") : value)  "
    return hanging(start, figure.formulaText(plan), indent: titles + values + 6)
  }

  /// Words broken over lines that begin under the first.
  private func hanging(_ start: String, _ words: String, indent: Int? = nil) -> String {
    let indent = indent ?? start.count
    var lines = [start]
    var length = indent
    for word in words.split(separator: " ") {
      let isFirst = length == indent
      if !isFirst, length + 1 + visible(word) > width {
        lines.append(String(repeating: " ", count: indent) + word)
        length = indent + visible(word)
      } else {
        lines[lines.count - 1] += (isFirst ? "" : " ") + word
        length += visible(word) + (isFirst ? 0 : 1)
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Characters that take room: not the sequences that colour.
  private func visible(_ word: Substring) -> Int {
    var count = 0
    var isHidden = false
    for character in word {
      if character == "\u{1b}" { isHidden = true }
      if !isHidden { count += 1 }
      if isHidden, character == "m" { isHidden = false }
    }
    return count
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private func styled(_ text: String, _ code: String) -> String {
    isColoured ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
  }
}
