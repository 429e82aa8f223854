public import Model

/// Random worlds one after the other, until so many years of nodes are simulated or something goes wrong.
public struct Campaign {
  /// What came of it.
  public struct Outcome {
    public var nodeYears = 0.0
    public var worldCount = 0
    public var eventCount = 0
    /// Of all results, in order: the same for the same seed.
    public var fingerprint: UInt64 = 0
    public var failure: Failure?
  }

  /// The first world in which something was violated.
  public struct Failure {
    public let seed: UInt64
    public let violations: [String]
    /// What is left of its faults when those are taken out that it doesn't take.
    public let faults: [Fault]
  }

  public let nodeYears: Double
  public let seed: UInt64
  public var days = 30.0
  public var intervalMilliseconds = 300_000
  public var faultsPerDay = 2.0
  private static let shrinkingMax = 60

  public init(nodeYears: Double, seed: UInt64) {
    self.nodeYears = nodeYears
    self.seed = seed
  }

  /// - Parameter progress: told how much is done, from 0 to 1.
  public func run(progress: (Double) -> Void) throws(Diagnostics) -> Outcome {
    var outcome = Outcome()
    while outcome.nodeYears < nodeYears, outcome.failure == nil {
      let world = RandomWorld(
        seed: seed &+ UInt64(outcome.worldCount),
        days: days,
        intervalMilliseconds: intervalMilliseconds,
        faultsPerDay: faultsPerDay
      )
      let result = try Simulation(world.options).run()
      outcome.worldCount += 1
      outcome.nodeYears += world.nodeYears
      outcome.eventCount += result.eventCount
      outcome.fingerprint = outcome.fingerprint &* 0x100_0000_01b3 ^ result.fingerprint
      if !result.violations.isEmpty { outcome.failure = try failure(world, result.violations) }
      progress(min(outcome.nodeYears / nodeYears, 1))
    }
    return outcome
  }

  private func failure(_ world: RandomWorld, _ violations: [String]) throws(Diagnostics) -> Failure {
    let faults = RandomFaults.shrunk(world.options.faults, attemptMax: Self.shrinkingMax) { faults in
      do throws(Diagnostics) { return try !Simulation(world.with(faults)).run().violations.isEmpty } catch {
        return false
      }
    }
    return Failure(seed: world.seed, violations: violations, faults: faults)
  }
}

extension SimulationResult {
  /// One number for all of the result: another where anything went another way.
  public var fingerprint: UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ word: UInt64) { hash = (hash ^ word) &* 0x100_0000_01b3 }
    add(UInt64(eventCount))
    add(UInt64(duration))
    for value in values { add(value.value?.bitPattern ?? .max) }
    for point in timeline.points {
      add(point.queued.bitPattern)
      add(UInt64(bitPattern: point.lag))
      add(point.diskBytes.bitPattern)
    }
    return hash
  }
}
