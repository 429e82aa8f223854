import Agent
import Model
import Simulation
import Testing

/// `collector: prometheus-only` as `rescfg simulate` runs it, against what was measured with Prometheus 2.42.
@Suite struct PrometheusFleetTests {
  private static let second: Int64 = 1000

  private static func options(_ faults: [Fault], nodes: Int = 1) -> SimulationOptions {
    let model = Configuration(environment: "test")
      .setting(Settings.collector.info.path, to: Collector.prometheusOnly.scalar)
      .setting(Settings.seriesPerNode.info.path, to: .integer(500))
      .setting(Settings.scrapeInterval.info.path, to: .duration("1s"))
    return SimulationOptions(model: model, nodeCount: nodes, faults: faults, seed: 3, duration: 600 * second)
  }

  private static func run(_ options: SimulationOptions, truncationSeconds: Int = 7200) -> SimulationResult {
    var settings = PrometheusSettings(options.model)
    settings.truncationSeconds = truncationSeconds
    // One shard ran where that was measured.
    settings.memorySamples = 12_000
    var fleet = PrometheusFleet(options, settings)
    return fleet.run()
  }

  /// Of one node, those that nobody scraped among them.
  private static func holeSeconds(_ result: SimulationResult) -> Double {
    Double(result.loss + result.total(\.unacknowledged)) / 500
  }

  /// Measured: an outage of 41 s, SIGKILL, restart, receiver back: a hole of 49 s for good.
  @Test func aRestartLosesAllThatIsUnsent() {
    let result = Self.run(
      Self.options([
        Fault(.partition(.refused), at: 100 * Self.second, for: 49 * Self.second),
        Fault(.kill, at: 141 * Self.second, for: 8 * Self.second),
      ])
    )
    let hole = Self.holeSeconds(result)
    #expect((40...58).contains(hole), "\(hole)")
    #expect(result.prometheusLosses?.byRestarts ?? 0 > 35)
  }

  /// Measured: truncation each 15 s, an outage of 150 s: a hole of 129 s, some 34 s of it collected after the outage. Of many nodes,
  /// each with its own moment to cut its log, the average is near that.
  @Test func cutsOfTheLogTakeWhatIsUnsent() {
    let outage = Fault(.partition(.refused), at: 100 * Self.second, for: 150 * Self.second)
    let result = Self.run(Self.options([outage], nodes: 20), truncationSeconds: 15)
    let hole = Self.holeSeconds(result) / 20
    #expect((103...155).contains(hole), "\(hole)")
    #expect(result.prometheusLosses?.byCuts ?? 0 > 0)
    #expect(result.prometheusLosses?.byRestarts == 0)
  }

  @Test func aShortOutageLosesNothingAndTheBacklogGoesFirst() throws {
    let outage = Fault(.partition(.refused), at: 100 * Self.second, for: 300 * Self.second)
    let result = Self.run(Self.options([outage], nodes: 4))
    #expect(result.loss == 0)
    #expect(result.prometheusLosses?.total == 0)
    #expect(result.values.first { $0.name == "time_to_fresh" }?.value ?? 0 > 0)
    // Its log holds what was collected meanwhile: 300 s of 500 samples of 22 bytes.
    let disk = try #require(result.values.first { $0.name == "peak_disk" }?.value)
    #expect(disk >= 300 * 500 * 22, "\(disk)")
  }

  @Test func whatACentreForgetsStaysForgotten() {
    let result = Self.run(
      Self.options([Fault(.centreRestart(forgets: 60 * Self.second), at: 200 * Self.second, for: 10 * Self.second)])
    )
    #expect(result.total(\.forgotten) > 25_000, "\(result.total(\.forgotten))")
    #expect(result.prometheusLosses?.total == 0)
  }

  @Test func sameSeedSameBytes() {
    let faults = [
      Fault(.brownOut(share: 0.5, status: 503, retryAfterSeconds: nil), at: 50_000, for: 100_000),
      Fault(.kill, at: 120_000, for: 20_000, .one(1)),
    ]
    let first = Self.run(Self.options(faults, nodes: 3))
    let second = Self.run(Self.options(faults, nodes: 3))
    #expect(first.json.compact == second.json.compact)
    #expect(first.text(width: 80, isColoured: false).contains("Prometheus agent alone"))
  }

  @Test func whatTheModelDoesNotKnowIsNamed() {
    let known = [Fault(.kill, at: 0, for: 1), Fault(.partition(.silent), at: 0, for: 1)]
    #expect(PrometheusFleet.unmodelled(known) == nil)
    let unknown = Fault(.poison(seriesCount: 1, status: 400), at: 0, for: 1)
    #expect(PrometheusFleet.unmodelled(known + [unknown]) == unknown)
  }
}
