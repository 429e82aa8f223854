import Model
import Simulation
import Testing

/// `prometheus-only` against what was measured with Prometheus 2.42, and what its documentation and code say.
@Suite struct PrometheusAgentTests {
  /// Measured: an outage of 41 s, SIGKILL, restart, receiver back: 49 s are gone for good.
  @Test func aRestartLosesAllThatIsUnsent() {
    let settings = PrometheusSettings(samplesPerSecond: 500, truncationSeconds: 7200, memorySamples: 12_000)
    let outcome = PrometheusAgent.outcome(
      settings,
      outage: 100..<141,
      restart: 141..<149,
      truncationOffset: 7000
    )
    #expect((40...58).contains(outcome.lostSeconds), "\(outcome)")
  }

  /// Measured: truncation each 15 s, an outage of 150 s: 129 s are gone, some 34 s of them collected after it.
  @Test(arguments: 0..<15)
  func truncationTakesWhatIsUnsent(offset: Int) {
    let settings = PrometheusSettings(samplesPerSecond: 500, truncationSeconds: 15, memorySamples: 12_000)
    let outcome = PrometheusAgent.outcome(settings, outage: 100..<250, truncationOffset: offset)
    #expect((103...155).contains(outcome.lostSeconds), "\(outcome)")
  }

  @Test func withoutRestartAndTruncationNothingIsLost() {
    let settings = PrometheusSettings(samplesPerSecond: 500, truncationSeconds: 7200, memorySamples: 12_000)
    let outcome = PrometheusAgent.outcome(settings, outage: 100..<3000, truncationOffset: 7000)
    #expect(outcome.lostSeconds == 0)
    #expect(outcome.freshSeconds ?? .max > 10)
  }

  /// About an hour at 50 segments and more in two hours, one to one and a half at four, by where they fall, four to six hours at one.
  @Test(arguments: [(50.0, 3300, 4400), (4.0, 3300, 6300), (0.9, 14_000, 22_000)])
  func whatIsGuaranteed(segments: Double, low: Int, high: Int) {
    let rate = segments * 134_217_728 / 22 / 7200
    let settings = PrometheusSettings(samplesPerSecond: rate, truncationSeconds: 7200, memorySamples: 0)
    let seconds = PrometheusAgent.guaranteedSeconds(settings)
    #expect((low...high).contains(seconds), "\(seconds)")
  }
}
