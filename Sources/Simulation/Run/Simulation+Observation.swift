import Agent
import Model
import Spool

extension Simulation {
  /// Something of a node has arrived, this the newest of it.
  func noteArrival(_ node: SimulatedNode, _ timestamp: Int64) {
    guard let entry = node.collected.entry(timestamp) else {
      return violate("node \(node.index): the centre has a sample of \(timestamp), which nobody collected")
    }
    node.newestArrived = max(node.newestArrived, entry.collectedAt)
    let interval = node.settings.configuration.scrapeIntervalMilliseconds
    if node.drain.healedAt != nil, node.drain.freshAt == nil, now - entry.collectedAt <= interval {
      node.drain.freshAt = now
    }
  }

  /// Looks whether the backlog is gone.
  func noteDrain(_ node: SimulatedNode) {
    guard node.drain.healedAt != nil, node.drain.drainedAt == nil,
      let open = node.spool?.openPosition(SimulatedNode.destination), open.samplesBefore >= node.drain.backlogEnd
    else { return }
    node.drain.drainedAt = now
  }

  func observe() {
    var point = Timeline.Point(time: now)
    for node in nodes {
      let weight = options.scale.weight(node.index)
      point.lag = max(point.lag, now - node.newestArrived)
      point.diskBytes = max(point.diskBytes, Double(node.disk.growingByteCount) * node.settings.diskBytesPerByte)
      if node.events.last?.event.to == .partitioned { point.partitionedNodes += weight }
      guard let ledger = node.ledger else { continue }
      node.queuedPeak = max(node.queuedPeak, ledger.queued)
      point.queued += Double(ledger.queued) * options.scale.samplesPerGroup * Double(weight)
      if !ledger.isBalanced { violate("node \(node.index): the ledger isn't balanced: \(ledger)") }
    }
    let load = centre.load.takeInterval()
    let seconds = Double(timeline.interval) / 1000
    point.samplesPerSecond = load.samples / seconds
    point.requestsPerSecond = load.requests / seconds
    if !isEnding { timeline.append(point) }
    queue.plan(.observe, at: now + timeline.interval)
  }

  func result() -> SimulationResult {
    var outcomes: [NodeOutcome] = []
    for node in nodes { outcomes.append(outcome(of: node)) }
    return SimulationResult(
      options: options,
      nodes: outcomes,
      timeline: timeline,
      load: SimulationResult.Load(
        samples: centre.load.samples,
        requests: centre.load.requests,
        peakSamplesPerSecond: centre.load.peakSamplesPerSecond,
        peakRequestsPerSecond: centre.load.peakRequestsPerSecond,
        peakReturning: centre.load.peakReturning
      ),
      duration: now,
      eventCount: eventCount,
      violations: violations + centre.violations
    )
  }

  /// Whether nothing but a sample's own sake has it refused: no answer is an internal error that may be anybody's fault, and all
  /// clocks agree.
  private var hasFairCentre: Bool {
    options.faults.allSatisfy { fault in
      switch fault.kind {
      case .brownOut(_, let status, _): status != 500
      case .clockJump: false
      default: true
      }
    }
  }

  /// Holds the node's books against what was collected and what the centre has.
  private func outcome(of node: SimulatedNode) -> NodeOutcome {
    let all = options.scale.groupCount == 64 ? UInt64.max : 1 << UInt64(options.scale.groupCount) - 1
    var outcome = NodeOutcome(index: node.index, weight: options.scale.weight(node.index))
    let memory = centre.memories[node.index]
    for entry in node.collected.entries {
      outcome.collected += UInt64(options.scale.groupCount)
      let missing = all & ~memory.series(at: entry.timestamp)
      guard entry.acknowledgedAt != nil else {
        outcome.unacknowledged += UInt64(missing.nonzeroBitCount)
        continue
      }
      let forgotten = missing & memory.forgotten(at: entry.timestamp)
      outcome.forgotten += UInt64(forgotten.nonzeroBitCount)
      let lost = UInt64((missing & ~forgotten).nonzeroBitCount)
      if entry.isExcused {
        outcome.lostWithPower += lost
      } else {
        outcome.missing += lost
        let innocent = missing & ~forgotten & ~memory.condemned(at: entry.timestamp)
        outcome.innocent += UInt64(innocent.nonzeroBitCount)
      }
    }
    outcome.duplicates = memory.duplicates
    outcome.refilled = memory.refilled
    outcome.alerts = node.alertChanges
    outcome.firstDrop = node.firstDrop
    outcome.peakDiskBytes = Double(node.disk.peakGrowingByteCount) * node.settings.diskBytesPerByte
    outcome.queuedPeak = node.queuedPeak
    outcome.events = node.events
    outcome.deadLetters = node.deadLetterCount
    outcome.drain = node.drain
    if let ledger = node.ledger {
      outcome.ledger = ledger
      outcome.check(hasFairCentre: hasFairCentre, into: &violations)
    } else if node.downCount == 0 {
      violate("node \(node.index): no agent runs at the end")
    }
    return outcome
  }
}
