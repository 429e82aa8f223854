import Model

/// What belongs to a queue: the path to its destination, the gaps there, and what sends.
extension MetricsPage {
  static func addOfPath(
    _ metric: Metric,
    _ queue: QueueSnapshot,
    _ labels: [String],
    to family: inout MetricFamily
  ) -> Bool {
    let path = queue.path
    switch metric {
    case .partitionState:
      let current = path?.state ?? .connected
      for state in PartitionState.allCases { family.add(labels + [state.rawValue], .flag(state == current)) }
    case .partitionTransitions: family.add(labels, path?.transitions ?? Tally<PartitionState>())
    case .gapsFound: family.add(labels, .count(queue.gaps.found))
    case .gapSamplesReplayed: family.add(labels, .count(queue.gaps.replayedSamples))
    case .gapSamplesLost: family.add(labels, queue.gaps.lostSamples)
    case .syncRuns: family.add(labels, queue.gaps.runs)
    case .syncLastSuccess: family.add(labels, .milliseconds(queue.gaps.lastSuccess ?? 0))
    default: return false
    }
    return true
  }

  static func addOfSender(
    _ metric: Metric,
    _ queue: QueueSnapshot,
    _ labels: [String],
    to family: inout MetricFamily
  ) -> Bool {
    let sender = queue.sender
    switch metric {
    case .requests: family.add(labels, sender.requests)
    case .probes: family.add(labels, sender.probes)
    case .clockOffset: family.add(labels, .milliseconds(sender.clockOffset ?? 0))
    case .samplesSent: family.add(labels, .count(sender.attemptedSamples))
    case .samplesRetried: family.add(labels, .count(sender.retriedSamples))
    case .samplesFailed: family.add(labels, .count(queue.ledger.rejected.total))
    case .samplesDropped:
      let dropped = queue.ledger.dropped
      family.add(labels + ["too_old"], .count(dropped[.tooOld]))
      family.add(labels + ["unintentionally_dropped_series"], .count(dropped.total - dropped[.tooOld]))
    case .samplesPending: family.add(labels, .count(sender.pendingSamples))
    case .shardCapacity: family.add(labels, .size(sender.shardCapacity))
    case .shards: family.add(labels, .size(sender.shardCount))
    case .shardsMin: family.add(labels, .size(sender.shardCountMin))
    case .shardsMax: family.add(labels, .size(sender.shardCountMax))
    case .shardsDesired: family.add(labels, .size(sender.shardCountDesired))
    case .queueHighestSent: family.add(labels, .milliseconds(sender.highestSent ?? 0))
    case .bytesSent: family.add(labels, .count(sender.sentBytes))
    case .maxSamplesPerSend: family.add(labels, .size(sender.samplesPerSendMax))
    case .sentBatchDuration: family.add(labels, .histogram(sender.batchDuration))
    default: return false
    }
    return true
  }

  /// Health checks belong to a URL. Queues that ask the same one are taken together, as two series can't have the same labels.
  static func addOfChecks(_ metric: Metric, _ queues: [QueueSnapshot], to family: inout MetricFamily) -> Bool {
    guard metric == .checks || metric == .checkFailuresInARow else { return false }
    var urls: [String] = []
    var checks: [String: Tally<ResultLabel>] = [:]
    var failuresInARow: [String: UInt64] = [:]
    for path in queues.compactMap(\.path) {
      let url = PublicURL(path.checkURL).description
      if checks[url] == nil { urls.append(url) }
      var sum = checks[url] ?? Tally()
      for result in ResultLabel.allCases { sum.add(path.checks[result], to: result) }
      checks[url] = sum
      failuresInARow[url] = max(failuresInARow[url] ?? 0, path.checkFailuresInARow)
    }
    for url in urls {
      if metric == .checks {
        family.add([url], checks[url] ?? Tally<ResultLabel>())
      } else {
        family.add([url], .count(failuresInARow[url] ?? 0))
      }
    }
    return true
  }
}
