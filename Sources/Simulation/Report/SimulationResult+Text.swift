import Charts
import Model

extension SimulationResult {
  /// The report for people.
  /// - Parameters:
  ///   - width: of the chart, in columns.
  ///   - isColoured: whether the chart is.
  public func text(width: Int, isColoured: Bool) -> String {
    var lines = [heading, ""]
    lines += table
    lines += ["", chart.text(width: width, isColoured: isColoured)]
    let happenings = happenings
    if !happenings.isEmpty { lines.append("What the detectors said:") }
    for happening in happenings {
      let times = happening.count == 1 ? "once" : "\(happening.count) times"
      let time = Shown.span(happening.first, happening.last)
      lines.append("  \(time): \(happening.name) (\(happening.cause)), \(times)")
    }
    let alerts = alerts
    if !alerts.isEmpty { lines.append("Which of the agents' alerts fired:") }
    for alert in alerts {
      let nodes = alert.nodes == 1 ? "1 node" : "\(alert.nodes) nodes"
      let end = alert.over.map { "over at \(Shown.duration(Double($0)))" } ?? "still firing at the end"
      lines.append("  \(Shown.span(alert.first, alert.last)): \(alert.name) on \(nodes), \(end)")
    }
    lines += ["", verdict]
    return lines.joined(separator: "\n") + "\n"
  }

  var heading: String {
    let nodes = options.nodeCount == 1 ? "1 node" : "\(options.nodeCount) nodes"
    let simulated = options.scale.simulatedNodeCount
    let representation = simulated == options.nodeCount ? "" : ", \(simulated) of them simulated for all"
    let kind = prometheusLosses == nil ? "" : " of Prometheus agent alone, by a model of its rules"
    return
      "\(nodes)\(kind)\(representation), seed \(options.seed): \(Shown.duration(Double(duration))) of simulated time"
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
    if let losses = prometheusLosses { return verdict(losses) }
    if violations.isEmpty {
      return "Conservation holds: each sample is in exactly one place, and each that is missing is in a ledger."
    }
    return (["VIOLATIONS, which are bugs:"] + violations.prefix(10).map { "  " + $0 }).joined(separator: "\n")
  }

  /// What became of samples that Prometheus agent alone had to keep; it has no ledger that would say so.
  private func verdict(_ losses: PrometheusAgent.Losses) -> String {
    guard losses.total > 0 else {
      return "Nothing was lost this time: no restart came between, and no cut of the log reached what was unsent."
    }
    let rate = options.model.samplesPerSecond
    let parts = [
      (losses.byRestarts, "by restarts, which send nothing of what was scraped before"),
      (losses.byCuts, "by cuts of the log, which ask nobody whether it was sent"),
      (losses.byRefusals, "refused by the centre"), (losses.whileDown, "never scraped, as nobody was there"),
    ].filter { $0.0 > 0 }.map { "  \(Shown.count(Double($0.0) * rate)) samples \($0.1)" }
    return (["Samples that the centre never got, and that Prometheus counts nowhere:"] + parts).joined(separator: "\n")
  }
}
