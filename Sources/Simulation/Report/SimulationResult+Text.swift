import Charts

extension SimulationResult {
  /// The report for people.
  /// - Parameters:
  ///   - width: of the chart, in columns.
  ///   - isColoured: whether the chart is.
  package func text(width: Int, isColoured: Bool) -> String {
    var lines = [heading, ""]
    lines += table
    lines += ["", chart.text(width: width, isColoured: isColoured)]
    let happenings = happenings
    if !happenings.isEmpty { lines.append("What the detectors said:") }
    for happening in happenings {
      let first = Shown.duration(Double(happening.first))
      let last = happening.first == happening.last ? "" : " to \(Shown.duration(Double(happening.last)))"
      let times = happening.count == 1 ? "once" : "\(happening.count) times"
      lines.append("  \(first)\(last): \(happening.name) (\(happening.cause)), \(times)")
    }
    lines += ["", verdict]
    return lines.joined(separator: "\n") + "\n"
  }

  var heading: String {
    let nodes = options.nodeCount == 1 ? "1 node" : "\(options.nodeCount) nodes"
    let simulated = options.scale.simulatedNodeCount
    let representation = simulated == options.nodeCount ? "" : ", \(simulated) of them simulated for all"
    return "\(nodes)\(representation), seed \(options.seed): \(Shown.duration(Double(duration))) of simulated time"
  }

  private var table: [String] {
    let values = values
    let shown = values.map(Shown.value)
    let nameWidth = values.map { $0.name.utf8.count }.max() ?? 0
    let width = shown.map { $0.utf8.count }.max() ?? 0
    return zip(values, shown).map { value, text in
      let name = value.name + String(repeating: " ", count: nameWidth - value.name.utf8.count)
      return "  \(name)  \(String(repeating: " ", count: width - text.utf8.count))\(text)   \(value.meaning)"
    }
  }

  var verdict: String {
    if violations.isEmpty {
      return "Conservation holds: each sample is in exactly one place, and each that is missing is in a ledger."
    }
    return (["VIOLATIONS, which are bugs:"] + violations.prefix(10).map { "  " + $0 }).joined(separator: "\n")
  }
}
