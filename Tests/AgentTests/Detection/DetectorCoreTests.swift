import Agent
import JSON
import Model
import Testing

@Suite struct DetectorCoreTests {
  @Test func everyChangeOfAnAgentIsOneLine() throws {
    let world = FleetWorld()
    for number in 0..<50 { world.agents[FleetWorld.address(number)] = .says(.connected) }
    world.run(milliseconds: 120_000)
    #expect(world.lines.isEmpty && world.core.fleet.counts[.connected] == 50)
    world.agents[FleetWorld.address(7)] = .says(.partitioned)
    world.run(milliseconds: 120_000)
    world.agents[FleetWorld.address(7)] = .says(.recovering)
    world.run(milliseconds: 60_000)
    world.agents[FleetWorld.address(7)] = .says(.connected)
    world.run(milliseconds: 120_000)
    #expect(
      try world.changes(of: "agent") == ["connected partitioned", "partitioned recovering", "recovering connected"]
    )
    #expect(world.syncs.map(\.address) == [FleetWorld.address(7)])
    #expect(world.kubernetesEvents.count == 3 && world.mostAtOnce <= Fleet.Bounds.concurrentMax)
    let polls = world.core.fleet.polls
    #expect(polls[.success] >= 50 * 13 && polls[.failure] == 0)
  }

  @Test func anAgentThatIsSilentIsUnreachableAfterTheThreshold() throws {
    let world = FleetWorld(threshold: 3)
    world.agents[FleetWorld.address(1)] = .says(.connected)
    world.run(milliseconds: 60_000)
    world.agents[FleetWorld.address(1)] = .silent
    world.run(milliseconds: 60_000)
    #expect(try world.changes(of: "agent") == [])
    world.run(milliseconds: 60_000)
    #expect(try world.changes(of: "agent") == ["connected unreachable"])
    world.agents[FleetWorld.address(1)] = .garbage
    world.run(milliseconds: 60_000)
    world.agents[FleetWorld.address(1)] = .says(.connected)
    world.run(milliseconds: 60_000)
    #expect(try world.changes(of: "agent") == ["connected unreachable", "unreachable connected"])
    #expect(world.syncs.isEmpty)
  }

  /// One answer in two: never unreachable, never a line.
  @Test func aPathToAnAgentThatFlapsIsSilent() throws {
    let world = FleetWorld(threshold: 2)
    world.agents[FleetWorld.address(1)] = .says(.connected)
    world.run(milliseconds: 60_000)
    for _ in 0..<200 {
      world.agents[FleetWorld.address(1)] = world.agents[FleetWorld.address(1)] == .silent ? .says(.connected) : .silent
      world.run(milliseconds: 30_000)
    }
    #expect(world.lines.isEmpty)
  }

  @Test func allAgentsAreAskedToLookForGapsWhenTheCentreIsBack() throws {
    let world = FleetWorld(threshold: 3)
    for number in 0..<30 { world.agents[FleetWorld.address(number)] = .says(.connected) }
    world.agents[FleetWorld.address(29)] = .silent
    world.run(milliseconds: 120_000)
    world.isCentreUp = false
    let cut = world.now.monotonic
    world.run(milliseconds: 90_000)
    #expect(try world.changes(of: "centre") == ["connected suspect", "suspect partitioned"])
    #expect(world.core.centre.detector.since.monotonic - cut <= 3 * 30_000)
    world.isCentreUp = true
    world.run(milliseconds: 120_000)
    #expect(try world.changes(of: "centre").suffix(2) == ["partitioned recovering", "recovering connected"])
    #expect(Set(world.syncs.map(\.address)).count == 29 && world.syncs.count == 29)
    #expect(world.core.step(now: world.now).isEmpty)
  }

  @Test func anAgentThatDoesNotTakeTheOrderIsAskedThreeTimes() {
    let world = FleetWorld(threshold: 1)
    world.syncStatus = nil
    world.agents[FleetWorld.address(1)] = .says(.partitioned)
    world.run(milliseconds: 60_000)
    world.agents[FleetWorld.address(1)] = .says(.connected)
    world.run(milliseconds: 600_000)
    #expect(world.syncs.count == 3)
  }

  @Test func anOlderAgentIsMentionedOnce() {
    let world = FleetWorld(threshold: 1)
    world.syncStatus = 404
    for number in 0..<20 { world.agents[FleetWorld.address(number)] = .says(.partitioned) }
    world.run(milliseconds: 60_000)
    for number in 0..<20 { world.agents[FleetWorld.address(number)] = .says(.connected) }
    world.run(milliseconds: 300_000)
    #expect(world.syncs.count == 20 && world.logs.count == 1)
  }

  @Test func anAgentThatMovesIsTheSameOne() throws {
    let world = FleetWorld(threshold: 3)
    world.agents[FleetWorld.address(1)] = .says(.partitioned)
    world.run(milliseconds: 60_000)
    #expect(try world.changes(of: "agent") == ["unknown partitioned"])
    world.agents[FleetWorld.address(1)] = nil
    world.run(milliseconds: 300_000)
    #expect(try world.changes(of: "agent") == ["unknown partitioned", "partitioned gone"])
    #expect(world.core.fleet.counts.total == 0)
  }

  @Test func aNameServerThatFailsTakesNoAgentAway() throws {
    let world = FleetWorld()
    world.agents[FleetWorld.address(1)] = .says(.connected)
    world.run(milliseconds: 60_000)
    world.isNameKnown = false
    world.run(milliseconds: 600_000)
    #expect(world.core.fleet.counts[.connected] == 1 && world.core.fleet.lookups[.failure] > 10)
    #expect(world.lines.isEmpty)
  }

  @Test func moreAgentsThanTheBoundAreCounted() {
    let world = FleetWorld()
    for number in 0..<(Fleet.Bounds.agentCountMax + 9) { world.agents[FleetWorld.address(number)] = .says(.connected) }
    world.run(milliseconds: 120_000)
    #expect(world.core.fleet.counts.total == Fleet.Bounds.agentCountMax && world.core.fleet.omittedCount == 9)
  }

  @Test func whatTheRoleForbidsIsSaidOnceAndTriedAgain() throws {
    let world = FleetWorld(threshold: 1)
    world.reportStatus = 403
    for number in 0..<10 { world.agents[FleetWorld.address(number)] = .says(.connected) }
    for round in 0..<40 {
      world.isCentreUp = round.isMultiple(of: 4)
      world.run(milliseconds: 60_000)
    }
    #expect(world.logs.count == 2, "\(world.logs)")
    world.reportStatus = 200
    world.run(milliseconds: 600_000)
    #expect(!world.patches.isEmpty && !world.kubernetesEvents.isEmpty)
  }

  /// A thousand nodes cut off at once: every line is written, and the API server gets a trickle.
  @Test func theAPIServerGetsATrickle() throws {
    let world = FleetWorld()
    for number in 0..<1000 { world.agents[FleetWorld.address(number)] = .says(.connected) }
    world.run(milliseconds: 60_000)
    for number in 0..<1000 { world.agents[FleetWorld.address(number)] = .says(.partitioned) }
    world.run(milliseconds: 60_000)
    #expect(try world.changes(of: "agent").count == 1000)
    #expect(world.kubernetesEvents.count <= 61 && world.patches.count <= 20)
    let patch = try JSONDocument(reading: try #require(world.patches.last))
    guard case .string(let text)? = patch["data"]?["state.json"] else {
      throw JSONError(expected: "text", line: 0, column: 0)
    }
    let state = try JSONDocument(reading: Array(text.utf8))
    #expect(state["agents_by_state"]?["partitioned"] == .number("1000") && text.utf8.count < 100_000)
  }

  /// What is secret can stand anywhere in an agent's status but in the few members that are read.
  @Test(arguments: [UInt64.random(in: 0 ... .max), 1, 2])
  func nothingSecretGetsIntoTheLog(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let world = FleetWorld(threshold: 1)
    let secret = "hunter2-\(seed)"
    for step in 0..<40 {
      let member = ["targets_listed", "last_error", "url", "labels", "series"].randomElement(using: &random) ?? "x"
      let value =
        [
          #""https://user:\#(secret)@host/p?token=\#(secret)""#, #"{"password":"\#(secret)","\#(secret)":1}"#,
          #"["\#(secret)",[{"k":"\#(secret)"}]]"#,
        ].randomElement(using: &random) ?? "null"
      world.extraMembers = #""\#(member)":\#(value),"#
      world.agents[FleetWorld.address(step % 3)] = .says(
        PartitionState.allCases.randomElement(using: &random) ?? .suspect
      )
      world.isCentreUp = Bool.random(using: &random)
      world.run(milliseconds: 40_000)
    }
    let written = world.lines + world.logs.map { $0.written(time: 0) }
    let told = (world.patches + world.kubernetesEvents).map { String(decoding: $0, as: UTF8.self) }
    #expect(!world.lines.isEmpty && !told.isEmpty)
    for text in written + told { #expect(!text.contains("hunter2"), "seed \(seed): \(text)") }
  }
}
