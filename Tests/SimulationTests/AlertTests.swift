import Agent
import Model
import Simulation
import Testing

/// Which alerts a rehearsal shows, and when: by the agents' own code and the model's thresholds.
@Suite struct AlertTests {
  private static let minute: Int64 = 60_000

  private static func run(_ faults: [Fault], hours: Int64 = 2, change: (inout SimulationOptions) -> Void = { _ in })
    throws -> SimulationResult
  {
    var options = SingleOutageTests.options(hours: hours, nodes: 2)
    options.faults = faults
    change(&options)
    return try Simulation(options).run()
  }

  private static func alert(_ name: String, _ result: SimulationResult) -> AlertHistory? {
    result.alerts.first { $0.name == name }
  }

  @Test func aPartitionIsToldWhenItIsDeclared() throws {
    let start = 30 * Self.minute
    let result = try Self.run([Fault(.partition(.refused), at: start, for: 100 * Self.minute)])
    let partition = try #require(Self.alert("NetworkPartitionDetected", result))
    // Three checks of 30 s, or the retries of the first minutes.
    #expect((start...start + 3 * Self.minute).contains(partition.first), "\(partition)")
    #expect(partition.nodes == 2)
    let over = try #require(partition.over)
    #expect((130 * Self.minute...137 * Self.minute).contains(over), "\(partition)")
    // An hour after the last sample that was sent (`alerts.queue_age`), and over once the backlog is gone.
    let full = try #require(Self.alert("RemoteWriteQueueFull", result))
    #expect((start + 59 * Self.minute...start + 62 * Self.minute).contains(full.first), "\(full)")
    #expect(full.over != nil)
    #expect(Self.alert("MetricsSyncLag", result) != nil)
    #expect(Self.alert("RemoteWriteDataLoss", result) == nil)
    #expect(Self.alert("Watchdog", result) == nil)
  }

  @Test func refusedSamplesAreADataLoss() throws {
    let fault = Fault(.poison(seriesCount: 1, status: 400), at: 30 * Self.minute, for: 10 * Self.minute)
    // A comparison with the centre would find the same samples missing, and tell of them once more.
    let result = try Self.run([fault], hours: 1) { $0.comparesWithCentre = false }
    let loss = try #require(Self.alert("RemoteWriteDataLoss", result))
    #expect((30 * Self.minute...33 * Self.minute).contains(loss.first), "\(loss)")
    #expect(loss.over != nil)
    #expect(Self.alert("NetworkPartitionDetected", result) == nil)
  }

  @Test func nothingFiresWhereAllIsWell() throws {
    #expect(try Self.run([], hours: 1).alerts == [])
  }

  @Test func thresholdsAreTheModels() throws {
    let result = try Self.run([Fault(.partition(.refused), at: 30 * Self.minute, for: 60 * Self.minute)]) {
      $0.model = $0.model.setting(Settings.queueAge.info.path, to: .duration("10m"))
    }
    let full = try #require(Self.alert("RemoteWriteQueueFull", result))
    #expect((39 * Self.minute...42 * Self.minute).contains(full.first), "\(full)")
  }

  @Test func reportsNameThem() throws {
    let result = try Self.run([Fault(.partition(.refused), at: 10 * Self.minute, for: 30 * Self.minute)], hours: 1)
    #expect(result.text(width: 80, isColoured: false).contains("NetworkPartitionDetected on 2 nodes, over at"))
    #expect(result.json.compact.contains("\"alert\":\"NetworkPartitionDetected\""))
    #expect(result.html.contains("<td>NetworkPartitionDetected</td><td>2</td>"))
  }
}
