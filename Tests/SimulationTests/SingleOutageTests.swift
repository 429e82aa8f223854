import Agent
import Model
import Simulation
import Spool
import Testing

/// One outage, of one node or of a fleet.
@Suite struct SingleOutageTests {
  static let hour: Int64 = 3_600_000

  static func options(hours: Int64, nodes: Int = 1, _ pattern: FaultPattern = .single, seed: UInt64 = 1)
    -> SimulationOptions
  {
    let model = Configuration(environment: "test")
    var options = SimulationOptions(
      model: model,
      nodeCount: nodes,
      faults: [],
      seed: seed,
      duration: hours * hour + 1_200_000
    )
    options.faults = pattern.faults(at: 600_000, for: hours * hour, nodeCount: options.scale.simulatedNodeCount)
    return options
  }

  static func value(_ name: String, _ result: SimulationResult) throws -> Double {
    try #require(result.values.first { $0.name == name }?.value)
  }

  @Test func nothingIsLostAndTheLedgerAgrees() throws {
    let result = try Simulation(Self.options(hours: 2)).run()
    #expect(result.violations == [])
    #expect(result.loss == 0)
    #expect(result.nodes[0].missing == result.nodes[0].ledgerLoss)
    #expect(result.nodes[0].ledger?.queued == 0)
    #expect(try Self.value("drain", result) < 600_000)
    #expect(try Self.value("time_to_fresh", result) < 60_000)
    // 2 h at 20,000 samples each 15 s and 1.5 bytes: 14.4 MB.
    let backlog = try Self.value("peak_backlog", result)
    #expect((14e6...15e6).contains(backlog), "\(backlog)")
  }

  @Test func sameSeedSameBytes() throws {
    let options = Self.options(hours: 1, nodes: 3, .nodeRestarts)
    let first = try Simulation(options).run()
    let second = try Simulation(options).run()
    #expect(first.json.compact == second.json.compact)
    #expect(first.html == second.html)
    #expect(first.text(width: 80, isColoured: false) == second.text(width: 80, isColoured: false))
    var other = options
    other.seed = 2
    #expect(try Simulation(other).run().json.compact != first.json.compact)
  }

  @Test(arguments: FaultPattern.allCases)
  func patternsKeepTheBooks(pattern: FaultPattern) throws {
    let result = try Simulation(Self.options(hours: 1, nodes: 4, pattern)).run()
    #expect(result.violations == [])
    switch pattern {
    case .single, .flapping, .perNode, .brownOut, .centralRestart: #expect(result.loss == 0)
    case .nodeRestarts: #expect(result.total(\.missing) == 0)
    }
  }

  @Test func aSlowCentreDrainsAsFastAsItCan() throws {
    // 4 nodes at 1333 samples/s leave 2667 a second of 8000 for a backlog of 3600 s: two hours.
    var options = Self.options(hours: 1, nodes: 4)
    options.centre.samplesPerSecond = 8000
    let result = try Simulation(options).run()
    #expect(result.violations == [])
    let drain = try Self.value("drain", result)
    #expect(drain > 6_480_000, "\(drain)")
    #expect(drain < 9_000_000, "\(drain)")
  }

  @Test func aFullDiskDropsTheOldestAndSaysSo() throws {
    var options = Self.options(hours: 6)
    options.model = options.model.setting("storage.size", to: .quantity("64Mi"))
    options.bytesPerSample = 6
    let result = try Simulation(options).run()
    #expect(result.violations == [])
    // 22,200 s of 1333 samples of 6 bytes are 178 MB; 60 MB fit.
    #expect(result.total(\.missing) > 15_000_000)
    // What was dropped may have arrived before, where the answer to it was lost.
    #expect(result.total(\.missing) <= result.total(\.ledgerLoss))
    #expect(result.total(\.missing) + 40_000 >= result.total(\.ledgerLoss))
    let disk = try Self.value("peak_disk", result)
    #expect(disk <= 64 * 1_048_576, "\(disk)")
  }
}
