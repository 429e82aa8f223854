import Model

@testable import Agent

/// Agents in the states that the page is recorded in.
enum Sample {
  /// 2025-11-22T19:45:36.123Z, two hours after the start.
  static let now = Moment(monotonic: 7_260_000, wall: 1_763_840_736_123)

  static let healthy = agent([queue()])

  static var cutOff: AgentSnapshot {
    var queue = queue(
      queued: 1_234_567,
      backlog: 0,
      taken: 1666.6,
      delivered: 0,
      peaks: peaks { slot in max(900, (slot - 318) * 30_111) }
    )
    queue.path = path(
      .partitioned,
      lasted: 724_000,
      after: [(.connected, .suspect, 6_386_000), (.suspect, .partitioned, 90_000)]
    )
    queue.oldestUnsent = now.wall - 740_000
    queue.sender.highestSent = now.wall - 740_500
    queue.sender.failuresInARow = 24
    queue.sender.lastError = ErrorSnapshot(
      message: "connect: Failed to connect to centre.example port 443 after 3 ms: Could not connect to server",
      time: now.wall - 6_000
    )
    queue.unsentBytes = 86_000_000
    var agent = agent([queue])
    agent.alerts.firing[.networkPartitionDetected] = 1
    agent.alerts.firing[.watchdog] = 1
    agent.scraper.targets += [
      target("kubelet", "ip-10-0-14-203.eu-central-1.compute.internal:10250", .down),
      target("node", "late.example:9100", .unknown),
    ]
    return agent
  }

  static var draining: AgentSnapshot {
    var queue = queue(
      queued: 99_890,
      backlog: 99_000,
      taken: 1000,
      delivered: 41_000,
      peaks: peaks { slot in slot < 232 ? 900 : slot < 357 ? (slot - 231) * 20_000 : (359 - slot) * 800_000 + 99_890 }
    )
    queue.path = path(
      .recovering,
      lasted: 60_000,
      after: [
        (.connected, .suspect, 4_650_000), (.suspect, .partitioned, 90_000), (.partitioned, .recovering, 2_400_000),
      ]
    )
    queue.oldestUnsent = now.wall - 1_800_000
    queue.gaps.lastSuccess = now.wall - 300_000
    queue.gaps.found = 2
    queue.gaps.replayedSamples = 468
    return agent([queue])
  }

  static var severalDestinations: AgentSnapshot {
    var second = queue(
      "remote_write_dr",
      url: "https://writer:hidden@dr.example/api/v1/push?token=hidden",
      queued: 480_000,
      backlog: 0,
      taken: 1000,
      delivered: 0,
      peaks: peaks { slot in max(900, (slot - 335) * 20_000) }
    )
    second.path = nil
    second.oldestUnsent = now.wall - 480_000
    second.sender.failuresInARow = 17
    second.sender.lastSuccess = now.wall - 481_000
    second.sender.lastError = ErrorSnapshot(message: "HTTP 503 Service Unavailable", time: now.wall - 2_000)
    var third = queue("remote_write_archive", url: "https://archive.example/write")
    third.path = nil
    return agent([queue(), second, third])
  }

  /// An agent that has just begun, with nothing to do.
  static var nothingConfigured: AgentSnapshot {
    var queue = QueueSnapshot(
      name: "remote_write_central",
      url: "http://127.0.0.1:9090/api/v1/write",
      ledger: ledger(collected: 0, queued: 0, backlog: 0)
    )
    queue.path = path(.connected, lasted: 2_000, after: [])
    queue.path?.checks = Tally()
    queue.trace = QueueTrace(start: now.monotonic - 2_000)
    queue.trace.add(0, now: now.monotonic)
    var agent = agent([queue])
    agent.program.started = Moment(monotonic: now.monotonic - 2_000, wall: now.wall - 2_000)
    agent.scraper = ScraperSnapshot()
    agent.receiver = ReceiverSnapshot()
    agent.seriesCount = 0
    agent.spool.diskBytes = 0
    agent.spool.sampleCount = 0
    agent.spool.unsyncedSamples = 0
    agent.spool.unsyncedMilliseconds = 0
    return agent
  }

  static let hostileText =
    "</title></script><script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)>&lt;\u{202e}evil\u{0}\u{1b}[31m\u{9b}31m\n]]>"

  static var hostile: AgentSnapshot { agent(saying: hostileText) }

  /// Every text that may come from outside is `text`.
  static func agent(saying text: String) -> AgentSnapshot {
    var queue = queue(text, url: "https://user:hidden@" + text)
    queue.sender.lastError = ErrorSnapshot(message: text, time: now.wall)
    queue.path?.checkURL = text
    var agent = agent([queue])
    agent.program.node = text
    agent.program.cluster = text
    agent.program.environment = text
    agent.program.version = text
    agent.spool.degraded = text
    var target = TargetSnapshot(job: text, instance: text, url: text, state: .down)
    target.lastScrape = now.wall
    target.lastError = text
    agent.scraper.targets.append(target)
    return agent
  }

  static func agent(_ queues: [QueueSnapshot]) -> AgentSnapshot {
    var program = ProgramSnapshot(
      version: "0.3.0",
      environment: "prod",
      cluster: "west",
      node: "node-7",
      started: Moment(monotonic: 60_000, wall: now.wall - 7_200_000)
    )
    program.process.residentBytes = 30 << 20
    var spool = SpoolSnapshot(limitBytes: 10 << 30)
    spool.diskBytes = 240 << 20
    spool.sampleCount = 160_000_000
    spool.unsyncedSamples = 40
    spool.unsyncedMilliseconds = 250
    var agent = AgentSnapshot(now: now, program: program, queues: queues, spool: spool)
    agent.scraper.targets = [target("node", "a.example:9100", .up), target("node", "b.example:9100", .up)]
    agent.scraper.samples = 999_000
    agent.receiver.samples = 1000
    agent.seriesCount = 20_000
    return agent
  }

  static func target(_ job: String, _ instance: String, _ state: TargetLabel) -> TargetSnapshot {
    var target = TargetSnapshot(
      job: job,
      instance: instance,
      url: "http://user:hidden@\(instance)/metrics?key=hidden",
      state: state
    )
    guard state != .unknown else { return target }
    target.lastScrape = now.wall - 6_123
    target.lastDurationMilliseconds = state == .up ? 12 : 10_000
    target.lastSampleCount = state == .up ? 1204 : 0
    target.lastError = state == .up ? nil : "timeout: no answer within 10 s"
    return target
  }

  static func ledger(collected: UInt64, queued: UInt64, backlog: UInt64) -> LedgerSnapshot {
    let settled = collected - queued
    let rejected: [String: UInt64] = settled > 1000 ? ["too_old": 5, "something the centre said": 2] : [:]
    let dropped: [String: UInt64] = settled > 1000 ? ["cap": 100, "age": 3] : [:]
    let delivered = settled - (settled > 1000 ? 110 : 0)
    return LedgerSnapshot(
      collected: collected,
      delivered: delivered,
      rejected: rejected,
      dropped: dropped,
      queued: queued,
      deliveredLive: delivered / 2,
      deliveredBacklog: delivered / 4,
      queuedBacklog: backlog
    )
  }

  /// What waited in each of the two hours' slots.
  private static func peaks(_ waiting: (Int) -> Int) -> [UInt64] { (0..<360).map { UInt64(waiting($0)) } }

  static func queue(
    _ name: String = "remote_write_central",
    url: String = "https://centre.example/api/v1/write",
    queued: UInt64 = 890,
    backlog: UInt64 = 0,
    taken: Double = 1000,
    delivered: Double = 1000,
    peaks: [UInt64] = Array(repeating: 900, count: 360)
  ) -> QueueSnapshot {
    var queue = QueueSnapshot(
      name: name,
      url: url,
      ledger: ledger(collected: 12_000_000, queued: queued, backlog: backlog)
    )
    queue.unsentBytes = queued * 3 / 2
    queue.oldestUnsent = now.wall - 1_200
    queue.newestTaken = now.wall - 100
    queue.takenPerSecond = taken
    queue.deliveredPerSecond = delivered
    queue.sender.highestSent = now.wall - 1_500
    queue.sender.lastSuccess = now.wall - 400
    queue.trace = QueueTrace(start: now.monotonic - 7_200_000)
    for (index, peak) in peaks.enumerated() {
      queue.trace.add(peak, now: now.monotonic - 7_200_000 + Int64(index) * 7_200_000 / Int64(peaks.count))
    }
    queue.path = path(.connected, lasted: 7_200_000, after: [])
    return queue
  }

  /// - Parameter changes: from, to, and how long the one that was left had lasted; the last one led to `state`.
  static func path(
    _ state: PartitionState,
    lasted: Int64,
    after changes: [(from: PartitionState, to: PartitionState, lasted: Int64)]
  ) -> PathSnapshot {
    var path = PathSnapshot(
      state: state,
      since: Moment(monotonic: now.monotonic - lasted, wall: now.wall - lasted),
      transitions: Tally(),
      checkURL: "https://reader:hidden@centre.example/-/healthy?token=hidden",
      checks: Tally(),
      checkFailuresInARow: state == .partitioned ? 24 : 0
    )
    path.checks[.success] = 200
    var time = now.wall - lasted
    for (index, change) in changes.enumerated().reversed() {
      let isGood = change.to == .connected || change.to == .recovering
      let event = PartitionEvent(
        sequence: UInt64(index + 1),
        time: time,
        from: change.from,
        to: change.to,
        lasted: change.lasted,
        evidence: TransitionEvidence(
          cause: isGood ? .pathWorks : .checkFailed,
          badRounds: isGood ? 0 : index + 1,
          goodRounds: isGood ? 1 : 0,
          checkFailure: isGood ? nil : .connection,
          sendFailures: isGood ? 0 : UInt64(index) * 7,
          lastSendFailure: isGood ? nil : .timeout,
          acknowledgedSamples: isGood ? 12_400 : 0
        )
      )
      path.recent.insert(event, at: 0)
      time -= change.lasted
    }
    return path
  }
}
