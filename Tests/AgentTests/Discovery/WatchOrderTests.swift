import Testing

@testable import Agent

/// Whatever order events of different pods come in, and wherever watches break, what is known is what a list would say.
@Suite struct WatchOrderTests {
  @Test(arguments: 1...50 as ClosedRange<UInt64>) func endsWhereAListWould(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var discovery = try discovery(#""kubernetes_sd_configs": [{"role": "pod"}]"#, seed: seed)
    var world: [String: String] = [:]
    var version = 100
    for index in 0..<Int.random(in: 0...5, using: &random) { world["p\(index)"] = "10.0.0.\(index)" }
    var now: Int64 = 0
    var watch = try relist(&discovery, world, version, &now)

    for round in 0..<20 {
      // A history for each pod, interleaved at random.
      var histories: [[String]] = []
      for index in 0..<8 where Bool.random(using: &random) {
        histories.append(history("p\(index)", &world, &version, &random))
      }
      var lines: [String] = []
      while let index = histories.indices.filter({ !histories[$0].isEmpty }).randomElement(using: &random) {
        lines.append(histories[index].removeFirst())
      }
      var bytes = Array(lines.map { "\($0)\n" }.joined().utf8)
      while !bytes.isEmpty {
        let count = min(bytes.count, Int.random(in: 1...400, using: &random))
        _ = discovery.receive(.streamBytes(watch, Array(bytes[..<count])), now: at(now))
        bytes.removeFirst(count)
      }
      #expect(shown(discovery.groups) == world, "seed \(seed), round \(round)")
      if Int.random(in: 0..<4, using: &random) == 0 {
        // Things happen that the broken watch never told.
        _ = history("p\(Int.random(in: 0..<8, using: &random))", &world, &version, &random)
        let gone = Array("{\"type\": \"ERROR\", \"object\": {\"code\": 410}}\n".utf8)
        _ = discovery.receive(.streamBytes(watch, gone), now: at(now))
        watch = try relist(&discovery, world, version, &now)
        #expect(shown(discovery.groups) == world, "seed \(seed), after a new list in round \(round)")
      }
    }
    var fresh = try JobDiscovery(try config(#"{"kubernetes_sd_configs": [{"role": "pod"}]}"#), environment())
    _ = try relist(&fresh, world, version, &now)
    #expect(fresh.groups == discovery.groups, "seed \(seed)")
  }

  /// A few events of one pod, in their order.
  private func history(
    _ name: String,
    _ world: inout [String: String],
    _ version: inout Int,
    _ random: inout SeededGenerator
  ) -> [String] {
    (0..<Int.random(in: 1...4, using: &random)).map { _ in
      version += 1
      let ip = "10.0.\(Int.random(in: 0..<250, using: &random)).1"
      if let old = world[name], Bool.random(using: &random) {
        world[name] = nil
        return event("DELETED", name, ip: old, version: version)
      }
      let type = world[name] == nil ? "ADDED" : "MODIFIED"
      world[name] = ip
      return event(type, name, ip: ip, version: version)
    }
  }

  /// Answers the list, and returns the ticket of the watch that follows it.
  private func relist(
    _ discovery: inout JobDiscovery,
    _ world: [String: String],
    _ version: Int,
    _ now: inout Int64
  ) throws -> DiscoveryTicket {
    now += 100_000
    let request = try #require(discovery.step(now: at(now)).compactMap(\.request).first)
    let items = world.map { podObject($0.key, ip: $0.value) }.joined(separator: ",")
    let answer = ok("{\"metadata\": {\"resourceVersion\": \"\(version)\"}, \"items\": [\(items)]}")
    _ = discovery.receive(.fetched(request.ticket, answer), now: at(now))
    return try #require(discovery.step(now: at(now)).compactMap(\.request).first).ticket
  }

  private func shown(_ groups: [DiscoveredGroup]) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: groups.map { ($0.source.replacing("pod/ns/"), $0.targets[0]["__address__"] ?? "") }
    )
  }
}

extension String {
  fileprivate func replacing(_ prefix: String) -> String { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self }
}
