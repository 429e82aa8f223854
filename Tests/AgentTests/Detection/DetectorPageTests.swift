import Agent
import Model
import Testing

@Suite struct DetectorPageTests {
  @Test func exposesExactlyTheTable() throws {
    let world = FleetWorld()
    world.agents[FleetWorld.address(1)] = .says(.suspect)
    world.run(milliseconds: 60_000)
    var snapshot = world.core.snapshot(
      Sample.agent().program,
      urls: (write: "https://me:secret@centre/api/v1/write?x=secret", health: "https://me:secret@centre/-/healthy"),
      now: world.now
    )
    snapshot.alerts.notifications = [("http://alertmanager:9093", Tally())]
    let text = DetectorPage(snapshot).written(as: .text)
    #expect(!text.contains("secret"))
    let read = try ReadPage(text)
    #expect(read.order == MetricTable.ofDetector.map(\.name))
    for metric in MetricTable.ofDetector {
      let series = read.series.filter { $0.family == metric.name }
      for one in series { #expect(one.labels.map(\.name) == metric.labels, "\(one)") }
      for label in metric.labels {
        guard let fixed = metric.fixedValues(ofLabel: label) else { continue }
        let values = Set(series.flatMap { $0.labels.filter { $0.name == label }.map(\.value) })
        #expect(values == Set(fixed), "\(metric.name) \(label)")
      }
    }
    #expect(text.contains("rescfg_detector_agents{state=\"suspect\"} 1\n"))
    #expect(text.contains("rescfg_detector_agents_queued_samples 1000\n"))
    #expect(text.contains("rescfg_detector_agents_oldest_unsent_seconds 12.5\n"))
  }
}
