import Model
import Samples
import Spool

extension AgentCore {
  /// What the core knows of itself; the loop adds what the machine and the network know.
  public func snapshot(_ program: ProgramSnapshot, urls: [(write: String, health: String)], now: Moment)
    -> AgentSnapshot
  {
    var snapshot = AgentSnapshot(
      now: now,
      program: program,
      queues: senders.indices.map { queue($0, urls[$0], now: now) },
      spool: spoolSnapshot(now: now)
    )
    snapshot.receiver.requests = counters.receiverAnswers
    snapshot.receiver.samples = counters.received
    snapshot.scraper = ScraperSnapshot(scraper.status, scraper.counters)
    snapshot.limitHits = counters.limitHits
    for (limit, count) in scraper.counters.limitHits {
      if let label = LimitLabel(rawValue: limit.rawValue) { snapshot.limitHits.add(count, to: label) }
    }
    snapshot.seriesCount = table.count
    return snapshot
  }

  private func spoolSnapshot(now: Moment) -> SpoolSnapshot {
    var snapshot = SpoolSnapshot(spool.status, limitBytes: spool.configuration.byteCountMax)
    snapshot.ageMax = spool.configuration.ageMax
    snapshot.writeFailures += counters.cursorFailures
    snapshot.unsyncedMilliseconds = commits.unsyncedMilliseconds(now: now)
    return snapshot
  }

  private func queue(_ index: Int, _ urls: (write: String, health: String), now: Moment) -> QueueSnapshot {
    let sender = senders[index]
    let name = sender.destination
    let status = sender.status
    guard let ledger = spool.ledger(name), let unsent = spool.unsent(name) else {
      preconditionFailure("BUG: the spool doesn't know the destination \(name)")
    }
    var snapshot = QueueSnapshot(name: name, url: urls.write, ledger: LedgerSnapshot(ledger, status))
    snapshot.unsentBytes = UInt64(unsent.byteCount)
    snapshot.oldestUnsent = unsent.oldest
    snapshot.newestTaken = counters.newestTaken
    snapshot.takenPerSecond = counters.taken.perSecond(now: now)
    snapshot.deliveredPerSecond = counters.destinations[index].delivered.perSecond(now: now)
    snapshot.trace = counters.destinations[index].trace
    snapshot.trace.add(ledger.queued, now: now.monotonic)
    snapshot.sender = SenderSnapshot(status, shardCapacity: configuration.model[Settings.queueCapacity])
    snapshot.sender.requests = counters.destinations[index].requests
    snapshot.sender.probes = counters.destinations[index].probes
    if index == Self.centre { snapshot.path = detector.snapshot(checkURL: urls.health) }
    snapshot.gaps = checks[index].snapshot
    return snapshot
  }
}

extension ScraperSnapshot {
  init(_ jobs: [JobStatus], _ counters: ScrapeCounters) {
    self.init()
    targets = jobs.flatMap(\.targets).map(TargetSnapshot.init)
    scrapes[.success] = counters.successes
    scrapes[.failure] = counters.failures.values.reduce(0, +)
    for (reason, count) in counters.failures {
      failures[ScrapeFailureLabel(rawValue: reason.rawValue) ?? .other] += count
    }
    skipped = counters.skipped
    samples = counters.samples
  }
}

extension TargetSnapshot {
  init(_ target: TargetStatus) {
    self.init(
      job: target.job,
      instance: target.labels["instance"] ?? "",
      url: target.url,
      state: TargetLabel(rawValue: target.health.rawValue) ?? .unknown
    )
    lastScrape = target.lastScrape
    lastDurationMilliseconds = target.lastDurationMilliseconds
    lastSampleCount = UInt64(target.lastSampleCount)
    lastError = target.lastFailure?.message
  }
}
