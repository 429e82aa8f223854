public import Charts
import Model

extension SimulationResult {
  /// What it looked like over time.
  public var chart: Chart {
    let points = timeline.points
    func series(_ name: String, _ value: (Timeline.Point) -> Double) -> Chart.Series {
      Chart.Series(name, points.map { Chart.Point(Double($0.time) / 1000, value($0)) })
    }
    var chart = Chart("\(options.model.environment): \(options.nodeCount) nodes, seed \(options.seed)")
    chart.panels = [
      Chart.Panel("backlog of the fleet", .count("samples"), [series("unsent") { $0.queued }]),
      Chart.Panel("behind, the slowest node", .seconds, [series("behind") { Double($0.lag) / 1000 }]),
      Chart.Panel("disk, the fullest node", .bytes, [series("disk") { $0.diskBytes }]),
      Chart.Panel("at the centre", .rate("samples"), [series("samples") { $0.samplesPerSecond }]),
    ]
    let end = Double(points.last?.time ?? 0) / 1000
    for fault in options.faults where fault.duration > 0 {
      if case .partition = fault.kind, chart.spans.count < Self.spanCountMax {
        let start = min(Double(fault.start) / 1000, end)
        chart.spans.append(Chart.Span("partition", start...min(max(Double(fault.end) / 1000, start), end)))
      }
    }
    for happening in happenings.prefix(Self.eventCountMax) {
      chart.events.append(Chart.Event(happening.name, at: min(Double(happening.first) / 1000, end)))
    }
    return chart
  }

  /// More can't be told apart.
  private static let spanCountMax = 40
  private static let eventCountMax = 6
}
