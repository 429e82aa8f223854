import Agent
import Model
import Testing

@testable import Simulation

/// What the centre forgets is found by the agents' own comparison and sent again.
@Suite struct RefillTests {
  private static let hour: Int64 = 3_600_000

  private static func options(forgets: Int64, compares: Bool) -> SimulationOptions {
    var options = SingleOutageTests.options(hours: 1, nodes: 3)
    options.faults = [Fault(.centreRestart(forgets: forgets), at: hour, for: 120_000)]
    options.comparesWithCentre = compares
    options.raisesAlerts = false
    return options
  }

  @Test func whatTheCentreForgetsIsSentAgain() throws {
    let result = try Simulation(Self.options(forgets: 1_200_000, compares: true)).run()
    #expect(result.violations == [])
    // 20 minutes of 1333 samples a second, of 3 nodes.
    #expect(result.total(\.refilled) > 4_500_000, "\(result.total(\.refilled))")
    #expect(result.loss == 0)
  }

  /// Without it, all of that is gone: the test above would fail.
  @Test func withoutTheComparisonItIsGone() throws {
    let result = try Simulation(Self.options(forgets: 1_200_000, compares: false)).run()
    #expect(result.violations == [])
    #expect(result.total(\.refilled) == 0)
    #expect(result.total(\.forgotten) > 4_500_000, "\(result.total(\.forgotten))")
  }

  /// Samples that a lying path swallowed, too: a sender that believes it delivered them is put right by the comparison.
  @Test func samplesThatNeverArrivedAreSentAgain() throws {
    var options = Self.options(forgets: 0, compares: true)
    options.faults = [Fault(.brownOut(share: 0.5, status: 502, retryAfterSeconds: nil), at: Self.hour, for: 300_000)]
    options.interference.result = { _, result in
      if case .answered(502, _, _) = result { return .answered(status: 204, headers: [], body: []) }
      return result
    }
    options.duration = 2 * Self.hour
    let result = try Simulation(options).run()
    #expect(result.total(\.missing) == 0, "\(result.violations)")
    options.comparesWithCentre = false
    #expect(try Simulation(options).run().total(\.missing) > 0)
  }

  @Test func aQuestionIsReadAndAnswered() throws {
    let centre = Centre(CentreRules(Configuration(environment: "test"), samplesPerSecond: nil), nodeCount: 2)
    let body = WriteBody(node: 1, seriesCount: 2)
    let base = SimulatedTime.epoch
    for second in [10, 20, 30, 320] as [Int64] {
      #expect(centre.take(body.bytes(at: base + second * 1000), now: second * 1000).status == 204)
    }
    let selector = "{__name__=\"sim_1\",node=\"1\"}[300s]"
    let query = "label_replace(count_over_time(\(selector)),\"rescfg_witness\",\"0\",\"\",\"\")"
    var form: [UInt8] = Array("query=".utf8)
    FormText.append(query, to: &form)
    form += Array("&start=\(base / 1000).501&end=\(base / 1000 + 600).501&step=300&nocache=1".utf8)
    let (status, answer) = centre.answer(form)
    #expect(status == 200)
    let text = String(decoding: answer, as: UTF8.self)
    #expect(text.contains("{\"node\":\"1\",\"rescfg_witness\":\"0\"}"), "\(text)")
    #expect(text.contains("[[\(base / 1000 + 300).501,\"3\"],[\(base / 1000 + 600).501,\"1\"]]"), "\(text)")
    #expect(centre.answer(Array("query=up".utf8)).status == 400)
    #expect(!centre.violations.isEmpty)
  }
}
