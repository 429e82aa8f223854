import Agent
import Model

/// Snapshots to write out in tests.
enum Sample {
  static let now = Moment(monotonic: 7_260_000, wall: 1_763_840_736_123)

  static func ledger() -> LedgerSnapshot {
    LedgerSnapshot(
      collected: 1_000_000,
      delivered: 900_000,
      rejected: ["too_old": 5, "something the centre said": 2],
      dropped: ["cap": 90, "full": 10, "age": 3],
      queued: 99_890,
      deliveredLive: 600_000,
      deliveredBacklog: 100_000,
      queuedBacklog: 99_000
    )
  }

  static func queue(_ name: String = "remote_write_central", url: String = "https://centre.example/api/v1/write")
    -> QueueSnapshot
  {
    var queue = QueueSnapshot(name: name, url: url, ledger: ledger())
    queue.unsentBytes = 120_000
    queue.oldestUnsent = 1_763_837_136_001
    queue.newestTaken = 1_763_840_736_000
    queue.takenPerSecond = 1000
    queue.deliveredPerSecond = 6000
    queue.deadLettersWritten = 7
    queue.sender.attemptedSamples = 950_000
    queue.sender.retriedSamples = 50_000
    queue.sender.pendingSamples = 2000
    queue.sender.sentBytes = 1_900_000
    queue.sender.highestSent = 1_763_840_735_500
    queue.sender.shardCount = 4
    queue.sender.shardCountMax = 10
    queue.sender.shardCountDesired = 4
    queue.sender.shardCapacity = 10_000
    queue.sender.samplesPerSendMax = 1000
    queue.sender.requests.add(900, to: .success)
    queue.sender.requests.add(50, to: .transport)
    queue.sender.clockOffset = -1500
    queue.sender.lastError = ErrorSnapshot(message: "connection refused", time: 1_763_840_000_000)
    queue.sender.batchDuration.observe(microseconds: 12_500)
    queue.path = path()
    queue.gaps.lastSuccess = 1_763_840_100_000
    return queue
  }

  static func path() -> PathSnapshot {
    var transitions = Tally<PartitionState>()
    for state in PartitionState.allCases { transitions.add(to: state) }
    var checks = Tally<ResultLabel>()
    checks.add(230, to: .success)
    checks.add(11, to: .failure)
    return PathSnapshot(
      state: .recovering,
      since: Moment(monotonic: 7_200_000, wall: 1_763_840_676_123),
      transitions: transitions,
      checkURL: "https://reader:secret@centre.example/-/healthy?token=secret",
      checks: checks,
      checkFailuresInARow: 0
    )
  }

  static func agent(_ queues: [QueueSnapshot] = [queue()]) -> AgentSnapshot {
    var program = ProgramSnapshot(
      version: "0.3.0",
      environment: "prod",
      cluster: "west",
      node: "node-7",
      started: Moment(monotonic: 60_000, wall: 1_763_833_536_123)
    )
    program.process.cpuMilliseconds = 12_345
    program.process.started = 1_763_833_536_000
    program.process.residentBytes = 30 << 20
    var spool = SpoolSnapshot(limitBytes: 10 << 30)
    spool.diskBytes = 5 << 20
    spool.segmentCount = 3
    spool.syncDuration.observe(microseconds: 306)
    spool.unsyncedSamples = 40
    spool.unsyncedMilliseconds = 250
    var agent = AgentSnapshot(now: now, program: program, queues: queues, spool: spool)
    agent.scraper.targets = [target("a:9100", .up), target("b:9100", .down), target("c:9100", .unknown)]
    agent.scraper.samples = 999_000
    agent.receiver.samples = 1000
    agent.receiver.requests.add(12, to: .noContent)
    agent.limitHits.add(2, to: .bodySize)
    agent.seriesCount = 20_000
    return agent
  }

  static func target(_ instance: String, _ state: TargetLabel) -> TargetSnapshot {
    var target = TargetSnapshot(
      job: "node",
      instance: instance,
      url: "http://user:secret@\(instance)/metrics?key=secret",
      state: state
    )
    guard state != .unknown else { return target }
    target.lastScrape = 1_763_840_730_000
    target.lastDurationMilliseconds = 12
    target.lastSampleCount = state == .up ? 900 : 0
    target.lastError = state == .up ? nil : "timeout"
    return target
  }
}
