import Model

/// What belongs to a queue: its ledger and its disk. Each function says whether the metric was one of its own.
extension MetricsPage {
  static func addOfLedger(
    _ metric: Metric,
    _ queue: QueueSnapshot,
    _ labels: [String],
    to family: inout MetricFamily
  ) -> Bool {
    let ledger = queue.ledger
    switch metric {
    case .ledgerScraped: family.add(labels, .count(ledger.collected))
    case .ledgerDelivered: family.add(labels, ledger.delivered)
    case .ledgerRejected: family.add(labels, ledger.rejected)
    case .ledgerDropped: family.add(labels, ledger.dropped)
    case .ledgerQueued: family.add(labels, ledger.queued)
    case .deadLettersWritten: family.add(labels, .count(queue.deadLettersWritten))
    case .deadLettersOmitted: family.add(labels, .count(queue.deadLettersOmitted))
    default: return false
    }
    return true
  }

  static func addOfDisk(
    _ metric: Metric,
    _ queue: QueueSnapshot,
    _ spool: SpoolSnapshot,
    _ labels: [String],
    to family: inout MetricFamily
  ) -> Bool {
    switch metric {
    case .queueBytes: family.add(labels, .count(queue.unsentBytes))
    case .queueOldest: family.add(labels, .milliseconds(queue.oldestUnsentOrNewest))
    case .queueDiskBytes: family.add(labels, .count(spool.diskBytes))
    case .queueLimitBytes: family.add(labels, .count(spool.limitBytes))
    case .queueSegments: family.add(labels, .count(spool.segmentCount))
    case .queueCorruptBlocks: family.add(labels, .count(spool.corruptBlocks))
    case .queueMendedChunks: family.add(labels, .count(spool.mendedChunks))
    case .queueUnreadablePages: family.add(labels, .count(spool.unreadablePages))
    case .queueWriteFailures: family.add(labels, .count(spool.writeFailures))
    case .queueFsyncDuration: family.add(labels, .histogram(spool.syncDuration))
    case .queueDegraded: family.add(labels, .flag(spool.degraded != nil))
    case .queueUnsyncedSeconds: family.add(labels, .milliseconds(spool.unsyncedMilliseconds))
    case .queueUnsyncedSamples: family.add(labels, .count(spool.unsyncedSamples))
    case .queueLostCursors: family.add(labels, .count(spool.lostCursors))
    default: return false
    }
    return true
  }
}
