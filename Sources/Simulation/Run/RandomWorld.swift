import Agent
import Model

/// Fleets at random, with faults at random: what the agent's promises are tried on. A seed gives one of them, always the same.
public struct RandomWorld {
  public let seed: UInt64
  public let nodeCount: Int
  /// Milliseconds.
  public let duration: Int64
  public private(set) var options: SimulationOptions

  /// How long all is well at the end, so that whatever can arrive does, in milliseconds.
  private static let quiet: Int64 = 4 * 3_600_000

  /// - Parameters:
  ///   - intervalMilliseconds: between scrapes, and between health checks: long ones give more years an hour.
  ///   - faultsPerDay: on the average.
  public init(
    seed: UInt64,
    nodeCount: Int = 3,
    days: Double = 2,
    intervalMilliseconds: Int = 60_000,
    faultsPerDay: Double = 8
  ) {
    self.seed = seed
    self.nodeCount = nodeCount
    duration = Int64(days * 86_400_000)
    var random = RandomStreams(seed: seed).generator(.schedule)
    var model = Configuration(environment: "random")
    func set(_ info: SettingInfo, _ value: ScalarValue) { model = model.setting(info.path, to: value) }
    func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &random)] }
    let interval = PrometheusDuration(milliseconds: intervalMilliseconds)
    set(Settings.scrapeInterval.info, .duration(interval))
    set(Settings.checkInterval.info, .duration(interval))
    let series = pick([1, 3, 8, 20])
    set(Settings.seriesPerNode.info, .integer(series))
    set(Settings.maxSamplesPerSend.info, .integer(pick([1, 3, 8, 100])))
    set(Settings.maxShards.info, .integer(pick([1, 2, 10])))
    set(Settings.durability.info, pick([Durability.always, .interval]).scalar)
    set(Settings.outOfOrderWindow.info, .duration(pick(["24h", "24h", "24h", "0s"])))
    set(Settings.survive.info, .duration("24h"))
    set(Settings.drainRate.info, .integer(pick([5, 100, 100_000])))
    // A comparison with the centre takes many scrapes, however far they are apart.
    let minutes = max(15, Int(Double(intervalMilliseconds) / 60_000 * 12))
    set(Settings.syncInterval.info, .integer(Settings.evenIntervals.first { $0 >= minutes } ?? 1440))
    let faults = RandomFaults.schedule(
      duration: max(duration - Self.quiet, duration / 2),
      nodeCount: nodeCount,
      perDay: faultsPerDay,
      using: &random
    )
    options = SimulationOptions(model: model, nodeCount: nodeCount, faults: faults, seed: seed, duration: duration)
    options.scale = Scale(model, nodeCount: nodeCount, groupCountMin: 64)
    options.centre.samplesPerSecond = pick([nil, 1000, 50])
    options.roundTrip = pick([2, 20, 400])
    options.spoolByteCountMax = pick([nil, nil, 1 << 20, 128 << 10])
    options.observationCount = 100
    // Each takes a look every 15 s, which no promise depends on.
    options.raisesAlerts = false
  }

  /// The same world with other faults.
  public func with(_ faults: [Fault]) -> SimulationOptions {
    var options = options
    options.faults = faults
    return options
  }

  /// Years of nodes that a run of it simulates.
  public var nodeYears: Double { Double(duration) * Double(nodeCount) / 31_557_600_000 }
}
