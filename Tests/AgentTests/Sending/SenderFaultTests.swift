import Agent
import Samples
import Spool
import Testing

/// Random faults by seed; at the end the receiver is well again and everything has to be somewhere.
@Suite struct SenderFaultTests {
  private enum Weather: CaseIterable {
    case fine, refused, lostAnswers, error503, error500, limited, denied, missing, moved, slow
  }

  @Test(arguments: 0..<32 as Range<UInt64>) func everySampleIsSomewhere(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &+ 1000)
    var configuration = SenderConfiguration(destination: "central")
    configuration.maxShards = Int.random(in: 1...6, using: &random)
    configuration.maxSamplesPerSend = Int.random(in: 20...150, using: &random)
    configuration.acceptsOutOfOrder = seed % 3 != 0
    configuration.drainRate = 5000
    configuration.protocol = seed % 4 == 1 ? .v2 : .v1
    let world = try World(configuration, seed: seed)
    let poison = seed % 2 == 0 ? Set([3, 17]) : []
    let poisonStatus = seed % 4 == 0 ? 400 : 500
    var weather = Weather.fine
    var requests = 0
    world.receiver.plan = { request, keys, _ in
      if keys.contains(where: { $0.series.contains("poison") }) {
        return .answer(poisonStatus, body: "out of order sample", latency: 5)
      }
      switch weather {
      case .fine: return .store(latency: Int64.random(in: 1...40, using: &random))
      case .refused: return .fail(.connect, stored: false, latency: 1)
      case .lostAnswers: return .fail(.timeout, stored: Bool.random(using: &random), latency: 3000)
      case .error503: return .answer(503, headers: [(name: "Retry-After", value: "2")])
      case .error500:
        // How ill a receiver may be is another test.
        requests += 1
        return requests % 2 == 0 ? .answer(500) : .store(latency: 3)
      case .limited: return .answer(429)
      case .denied: return .answer(401)
      case .missing: return .answer(404)
      case .moved: return .answer(302)
      case .slow: return .store(latency: 2000)
      }
    }
    for _ in 0..<30 {
      weather = Weather.allCases.randomElement(using: &random)!
      world.connects = weather != .refused
      for target in 0..<3 {
        try world.collect(
          target: target,
          series: Int.random(in: 1...90, using: &random),
          badSeries: target == 1 ? poison : []
        )
        try world.run(for: Int64.random(in: 100...9000, using: &random))
      }
      if Int.random(in: 0..<10, using: &random) == 0 { try world.restart() }
    }
    weather = .fine
    world.connects = true
    try world.run(for: 900_000)
    world.check()
    let ledger = world.ledger
    // A process may end between a letter and the books, and the next one finds the receiver in another mood.
    let letters = UInt64(Set(world.deadLetters.map(\.sample)).count)
    let rejected = ledger.rejected.values.reduce(0, +)
    #expect(rejected <= letters && letters <= rejected + 1, "seed \(seed)")
    for letter in world.deadLetters where poisonStatus == 400 {
      #expect(text(letter.sample.labels).contains("poison"), "seed \(seed)")
    }
  }
}
