import Charts
import Model

extension Plan {
  /// The partition of the plan as it is expected.
  var chart: Chart {
    let timeline = Timeline(self)
    let line = { (name: String, points: Timeline.Points) in
      Chart.Series(name, points.map { Chart.Point($0.seconds, $0.value) })
    }
    var chart = Chart("\(configuration.environment): a partition of \(durationText(outage)), as planned, on each node")
    chart.spans = [.init("partition", 0...outage)]
    chart.events = timeline.events.map { .init($0.name, at: $0.seconds) }
    chart.panels = [
      .init("backlog", .count("samples"), [line("unsent", timeline.backlog)]),
      .init("age of the newest sample at the centre", .seconds, [line("age", timeline.freshness)]),
      .init(
        "disk",
        .bytes,
        [line("all", timeline.disk)] + (timeline.unsent.isEmpty ? [] : [line("unsent", timeline.unsent)]),
        limits: [.init("storage.size", configuration[Settings.storageSize].value)]
      ),
    ]
    return chart
  }
}
