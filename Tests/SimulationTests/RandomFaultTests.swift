import Simulation
import Testing

/// The promises of the agent on fleets and faults at random: conservation, nothing acknowledged lost, no wrong value, and life
/// after healing.
@Suite struct RandomFaultTests {
  @Test(arguments: 1000..<1012 as Range<UInt64>)
  func promisesHold(seed: UInt64) throws {
    let world = RandomWorld(seed: seed, nodeCount: 2, days: 0.5, intervalMilliseconds: 120_000, faultsPerDay: 24)
    let result = try Simulation(world.options).run()
    #expect(result.violations == [], "seed \(seed):\n\(world.options.faults.map(\.text).joined(separator: "\n"))")
  }

  @Test func sameSeedSameRun() throws {
    let world = RandomWorld(seed: 7, nodeCount: 2, days: 0.25, faultsPerDay: 24)
    let again = RandomWorld(seed: 7, nodeCount: 2, days: 0.25, faultsPerDay: 24)
    #expect(try Simulation(world.options).run().fingerprint == Simulation(again.options).run().fingerprint)
  }

  @Test func shrinkingKeepsWhatFails() {
    let faults = (0..<20).map { Fault(.kill, at: $0 * 1000, for: 10) }
    let shrunk = RandomFaults.shrunk(faults, attemptMax: 200) { $0.contains(faults[3]) && $0.contains(faults[17]) }
    #expect(shrunk == [faults[3], faults[17]])
  }
}
