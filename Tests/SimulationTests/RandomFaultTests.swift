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

  /// Worlds that broke a promise once, by what was enough of their faults.
  @Test func whatWasMendedStaysMended() throws {
    let world = RandomWorld(seed: 4, days: 3, intervalMilliseconds: 300_000, faultsPerDay: 2)
    let poison = Fault(.poison(seriesCount: 1, status: 500), at: 78_540_000, for: 600_000, .one(2))
    let result = try Simulation(world.with([poison])).run()
    #expect(result.violations == [])
  }

  /// With one lane, a request that was begun before an outage waits for the backlog's share, and nobody is woken each millisecond until then.
  @Test func aRequestThatIsHeldBackWakesNobody() throws {
    let world = RandomWorld(seed: 13, days: 3, intervalMilliseconds: 300_000, faultsPerDay: 2)
    #expect(world.options.centre.window == 0)
    let outages = (1...20).map { place in
      Fault(.partition(.refused), at: Int64(place) * 10_800_000 + 287_883, for: 5_400_000)
    }
    let result = try Simulation(world.with(outages)).run()
    #expect(result.violations == [])
  }

  /// Samples wait for the clocks to agree, and the request that would tell the time is on its way without an answer.
  @Test func waitingForTheTimeWakesNobody() throws {
    let world = RandomWorld(seed: 29, days: 3, intervalMilliseconds: 300_000, faultsPerDay: 2)
    let start: Int64 = 86_400_000 + 238_751
    let faults = [
      Fault(.clockJump(1_299_542), at: start, for: 0),
      Fault(.partition(.oneWay), at: start + 3_887_422, for: 60_503),
      // Nothing is fresh while the clocks are so far apart.
      Fault(.clockJump(-1_299_542), at: start + 36_000_000, for: 0),
    ]
    let result = try Simulation(world.with(faults)).run()
    #expect(result.violations == [])
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
