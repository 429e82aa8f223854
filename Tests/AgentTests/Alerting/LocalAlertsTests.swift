import Agent
import JSON
import Model
import Testing

/// A program that raises alerts, and Alertmanagers that take them or don't.
private struct AlertWorld {
  var alerts: LocalAlerts
  var now = Moment(monotonic: 50_000, wall: 1_763_840_736_123)
  var reading = QueueReading(name: "remote_write_central", url: "http://me:hunter2@centre/api/v1/write?x=hunter2")
  var silences: [LocalAlerts.Silence] = []
  /// What each Alertmanager answers; nothing where it doesn't.
  var statuses: [Int?]
  /// The last message that each took, and when it was asked.
  var taken: [Int: [UInt8]] = [:]
  var times: [Int: [Int64]] = [:]
  var logs: [LogLine] = []
  /// What happens in each second.
  var second: (inout QueueReading, Moment) -> Void = { _, _ in }

  init(lanes: Int = 1, _ settings: [(String, ScalarValue)] = []) {
    let urls = (0..<lanes).map { "http://alertmanager-\($0):9093" }.joined(separator: ",")
    var model = Configuration(environment: "test").setting("alerts.alertmanagers", to: .text(urls))
    for (path, value) in settings { model = model.setting(path, to: value) }
    let origin = LocalAlerts.Origin(
      cluster: "west",
      node: "node-7",
      instance: "node-7:9090",
      component: "agent",
      contact: "me"
    )
    alerts = LocalAlerts(origin, model, now: now)
    statuses = Array(repeating: 200, count: lanes)
  }

  mutating func run(seconds: Int) {
    for _ in 0..<seconds {
      second(&reading, now)
      var turns = 0
      while alerts.nextWake <= now.monotonic, turns < 100 {
        turns += 1
        var readings = LocalAlerts.Readings()
        readings.queues = [reading]
        readings.silences = silences
        for post in alerts.step(now: now, { readings }) {
          times[post.lane, default: []].append(now.monotonic)
          guard let status = statuses[post.lane] else { continue }
          if status == 200 { taken[post.lane] = post.body }
          if let line = alerts.finish(lane: post.lane, status: status, now: now) { logs.append(line) }
        }
      }
      #expect(turns < 100, "it turns without end")
      now = Moment(monotonic: now.monotonic + 1000, wall: now.wall + 1000)
    }
  }

  /// Names of what the Alertmanager holds to fire now.
  func firing(_ lane: Int = 0) throws -> [String] {
    guard let body = taken[lane], case .array(let items) = try JSONDocument(reading: body) else { return [] }
    return items.compactMap { item in
      guard case .string(let name)? = item["labels"]?["alertname"], case .string(let end)? = item["endsAt"] else {
        return nil
      }
      return end > Timestamp(milliseconds: now.wall).description ? name : nil
    }
  }
}

@Suite struct LocalAlertsTests {
  @Test func onlyTheHeartbeatFiresWhereAllIsWell() throws {
    var world = AlertWorld()
    world.second = { reading, now in
      reading.attemptedSamples += 1000
      reading.highestSent = now.wall
      reading.pendingSamples = 500
    }
    world.run(seconds: 3600)
    #expect(try world.firing() == ["Watchdog"])
    #expect(world.times[0]?.count == 60)
    #expect(world.alerts.snapshot.firing[.watchdog] == 1 && world.alerts.snapshot.firing.total == 1)
  }

  @Test func aPartitionFiresAtOnceAndEnds() throws {
    var world = AlertWorld()
    world.second = { reading, now in reading.highestSent = now.wall }
    world.run(seconds: 100)
    world.reading.state = .partitioned
    world.alerts.readSoon(now: world.now)
    world.run(seconds: 1)
    #expect(try world.firing() == ["NetworkPartitionDetected", "Watchdog"])
    world.reading.state = .recovering
    world.alerts.readSoon(now: world.now)
    world.run(seconds: 2)
    #expect(try world.firing() == ["Watchdog"])
    // It is told of for a while, so that an Alertmanager that was away hears that it is over.
    #expect(String(decoding: try #require(world.taken[0]), as: UTF8.self).contains("NetworkPartitionDetected"))
    world.run(seconds: 1000)
    #expect(!String(decoding: try #require(world.taken[0]), as: UTF8.self).contains("NetworkPartitionDetected"))
  }

  /// Retries at a thousand samples a second for ever: each alert at its own time, by the model's figures.
  @Test func eachAlertHasItsTime() throws {
    var world = AlertWorld([("alerts.queue_age", .duration("30m")), ("alerts.sync_lag", .duration("5m"))])
    world.second = { reading, now in
      reading.attemptedSamples += 1000
      reading.highestSent = now.wall
      reading.pendingSamples = 900
    }
    world.run(seconds: 400)
    let lastSent = world.now.wall
    world.second = { reading, now in
      reading.attemptedSamples += 1000
      reading.retriedSamples += 1000
      reading.highestSent = lastSent
      reading.pendingSamples = 10_000
      reading.queuedSamples += 1000
      reading.oldestUnsent = lastSent
    }
    var first: [String: Int] = [:]
    for second in 0..<2400 {
      world.run(seconds: 1)
      for name in try world.firing() where first[name] == nil { first[name] = second }
    }
    // Readings come every fifteen seconds.
    #expect((300...320).contains(first["NetworkPartitionDetected"] ?? 0), "\(first)")
    #expect((300...316).contains(first["MetricsSyncLag"] ?? 0), "\(first)")
    #expect((600...640).contains(first["HighRemoteWriteRetries"] ?? 0), "\(first)")
    #expect((1800...1816).contains(first["RemoteWriteQueueFull"] ?? 0), "\(first)")
    #expect(first["RemoteWriteDataLoss"] == nil)
  }

  @Test func aRetryNowAndThenIsNone() throws {
    var world = AlertWorld()
    world.second = { reading, now in
      reading.attemptedSamples += 1000
      if now.monotonic % 600_000 < 1000 { reading.retriedSamples += 20 }
      reading.highestSent = now.wall
    }
    world.run(seconds: 3600)
    #expect(try world.firing() == ["Watchdog"])
  }

  @Test func aLossIsToldAndWhatWasLostBeforeIsNot() throws {
    var world = AlertWorld()
    world.reading.lostSamples = 1_000_000
    world.second = { reading, now in reading.highestSent = now.wall }
    world.run(seconds: 600)
    #expect(try world.firing() == ["Watchdog"])
    world.reading.lostSamples += 1
    world.run(seconds: 20)
    #expect(try world.firing() == ["RemoteWriteDataLoss", "Watchdog"])
    world.run(seconds: 600)
    #expect(try world.firing() == ["Watchdog"])
  }

  @Test func silentAgentsAreTheDetectorsAlert() throws {
    var world = AlertWorld([("alerts.silent_node_for", .duration("10m"))])
    world.silences = [.init(node: "node-1", lasted: 599_999), .init(node: "node-2", lasted: 600_000)]
    world.run(seconds: 20)
    let body = String(decoding: try #require(world.taken[0]), as: UTF8.self)
    #expect(body.contains(#""alertname":"AgentSilent","severity":"critical","cluster":"west","node":"node-2""#))
    #expect(!body.contains("node-1"))
  }

  /// One that hangs, one that refuses, one that is well: the last gets everything at its time.
  @Test func noAlertmanagerHoldsUpAnother() throws {
    var world = AlertWorld(lanes: 3)
    world.statuses = [nil, 503, 200]
    world.second = { reading, now in reading.highestSent = now.wall }
    world.run(seconds: 120)
    world.reading.state = .partitioned
    world.alerts.readSoon(now: world.now)
    world.run(seconds: 1)
    #expect(try world.firing(2) == ["NetworkPartitionDetected", "Watchdog"])
    world.run(seconds: 600)
    #expect(world.times[0]?.count == 1, "one that never answers isn't asked again before it is given up")
    // 1, 2, 4, … 30 s.
    #expect((20...40).contains(world.times[1]?.count ?? 0))
    #expect(world.logs.count == 1 && world.alerts.snapshot.notifications[2].results[.failure] == 0)
    // Back again: it hears what fires now.
    world.statuses[1] = 200
    world.run(seconds: 31)
    #expect(try world.firing(1) == ["NetworkPartitionDetected", "Watchdog"])
  }

  /// A path that changes its state at every reading: a message a reading, not more.
  @Test func flappingIsBounded() {
    var world = AlertWorld()
    world.second = { reading, now in
      reading.highestSent = now.wall
      reading.state = now.monotonic / 15_000 % 2 == 0 ? .partitioned : .connected
    }
    world.run(seconds: 3600)
    #expect((world.times[0]?.count ?? 0) <= 3600 / 15 + 2)
  }

  @Test func labelsAreThoseOfTheRulesAndShowNoSecret() throws {
    var world = AlertWorld()
    world.reading.state = .partitioned
    world.run(seconds: 1)
    let body = String(decoding: try #require(world.taken[0]), as: UTF8.self)
    #expect(!body.contains("hunter2"))
    guard case .array(let items) = try JSONDocument(reading: Array(body.utf8)),
      case .object(let labels)? = items[0]["labels"]
    else { throw JSONError(expected: "alerts", line: 0, column: 0) }
    #expect(
      labels.map { $0.key }.sorted() == ["alertname", "cluster", "instance", "node", "remote_name", "severity", "url"]
    )
    #expect(items[0]["labels"]?["url"] == .string("http://centre/api/v1/write"))
    #expect(items[0]["annotations"]?["runbook"] == .string("docs/runbook.md#networkpartitiondetected"))
  }

  /// Times are measured on the clock that doesn't jump.
  @Test func aWallClockThatJumpsRaisesNothing() throws {
    var world = AlertWorld()
    world.second = { reading, now in
      reading.attemptedSamples += 1000
      reading.highestSent = now.wall
      reading.pendingSamples = 500
    }
    for jump in [86_400_000, -86_400_000, 3_600_000, -7_200_000] as [Int64] {
      world.run(seconds: 100)
      world.now.wall += jump
      world.reading.highestSent = world.now.wall
    }
    world.run(seconds: 1)
    #expect(try world.firing() == ["Watchdog"])
  }

  @Test func withoutAnAlertmanagerNothingIsDone() {
    let model = Configuration(environment: "test")
    let origin = LocalAlerts.Origin(cluster: "", node: "n", instance: "n", component: "agent", contact: "c")
    let now = Moment(monotonic: 0, wall: 0)
    var alerts = LocalAlerts(origin, model, now: now)
    #expect(alerts.nextWake == .max)
    #expect(alerts.step(now: now) { LocalAlerts.Readings() }.isEmpty)
  }
}
