import Model

/// The page `/metrics` (docs/formats/metrics.md).
///
/// Metrics come in the order of the table, aliases after them. Every metric of the table is there, with each value that a label
/// can have, whether or not anything was counted yet.
public struct MetricsPage: Sendable {
  public let families: [MetricFamily]

  public init(_ snapshot: AgentSnapshot) {
    families =
      MetricTable.ofAgent.map { Self.family($0, of: snapshot) }
      + MetricAlias.all.map {
        Self.family($0, of: snapshot)
      }
  }

  public func written(as format: MetricsFormat) -> String {
    var output = ExpositionText(format)
    for family in families { output.append(family) }
    output.end()
    return output.text
  }

  private static func family(_ metric: Metric, of snapshot: AgentSnapshot) -> MetricFamily {
    var family = MetricFamily(metric)
    if !addOfProgram(metric, snapshot.program, to: &family), !addOfAlerts(metric, snapshot.alerts, to: &family),
      !addOfInputs(metric, snapshot, to: &family),
      !addOfChecks(metric, snapshot.queues, to: &family)
    {
      for queue in snapshot.queues {
        let labels = [queue.name, PublicURL(queue.url).description]
        let isKnown =
          addOfLedger(metric, queue, labels, to: &family)
          || addOfDisk(metric, queue, snapshot.spool, labels, to: &family)
          || addOfPath(metric, queue, labels, to: &family) || addOfSender(metric, queue, labels, to: &family)
        precondition(isKnown, "BUG: nothing says what \(metric.name) is")
      }
    }
    return family
  }

  private static func family(_ alias: MetricAlias, of snapshot: AgentSnapshot) -> MetricFamily {
    var family = MetricFamily(alias)
    for queue in snapshot.queues {
      let labels = [queue.name, PublicURL(queue.url).description]
      let sender = queue.sender
      switch alias.metric {
      case .samplesRetried: family.add(labels, .count(sender.retriedSamples))
      case .samplesFailed: family.add(labels, .count(queue.ledger.rejected.total))
      case .samplesPending: family.add(labels, .count(queue.ledger.queued.total))
      case .shardCapacity: family.add(labels, .size(sender.shardCapacity * sender.shardCount))
      case .queueHighestSent: family.add(labels, .milliseconds(queue.oldestUnsentOrNewest))
      default: preconditionFailure("BUG: nothing says what \(alias.name) is")
      }
    }
    return family
  }
}

extension QueueSnapshot {
  /// Milliseconds since 1970; 0 before the first sample.
  var oldestUnsentOrNewest: Int64 { oldestUnsent ?? newestTaken ?? 0 }
}
