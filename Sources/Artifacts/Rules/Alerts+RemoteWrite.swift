import Document
import Model

/// The alerts on what a queue says of itself.
extension QueryParts {
  private var sameQueue: PromQL<S.H> { "on (\(labels))" }
  private var queue: Annotation<S.H> {
    "\(label: "remote_name") of \(label: "instance") on node \(label: "node"), cluster \(label: "cluster")"
  }

  var highRemoteWriteRetries: Alert<S.H> {
    Alert(
      name: .highRemoteWriteRetries,
      comment: "Counts samples in retried batches, not requests: with the longest wait between them a shard makes "
        + "too few requests ever to pass the threshold.",
      expression: "\(retriedRate) > \(scope[Settings.retryRate])",
      hold: scope.text(Settings.retryFor),
      severity: .warning,
      summary: "Remote write on \(label: "node") keeps retrying",
      description:
        "\(value: .oneDecimal) samples a second are sent again: \(queue). The network is bad, or the centre is slow or down."
    )
  }

  var remoteWriteQueueFull: Alert<S.H> {
    let pending: PromQL<S.H> = "min by (\(labels)) (min_over_time(\(scope.name(.samplesPending))[5m])) > 0"
    let age: PromQL<S.H> = "\(scope.seconds(Settings.queueAge))"
    let sent: PromQL<S.H> = "(\(sendLag)) > \(age) and \(sameQueue) \(pending)"
    let waiting: PromQL<S.H> = "sum by (\(labels)) (min_over_time(\(scope.name(.ledgerQueued))[5m])) > 0"
    return Alert(
      name: .remoteWriteQueueFull,
      comment: hasDurableQueue
        ? "Two forms: nothing new gets out, or the backlog on disk is old while new samples do get out."
        : "No metric tells the age of the oldest unsent sample; what was sent last, while something waits, bounds it.",
      expression: hasDurableQueue
        ? "\(sent)\nor\n(\(backlogAge)) > \(age) and \(sameQueue) \(waiting)" : sent,
      severity: .critical,
      summary: "Unsent samples on \(label: "node") are too old",
      description:
        "The oldest unsent sample is \(value: .duration) old: \(queue). A partition or a failure at the centre lasts."
    )
  }

  var networkPartitionDetected: Alert<S.H> {
    let retried = increase(.samplesRetried)
    let stuck: PromQL<S.H> = "\(retried) > \(scope[Settings.failedSamples])"
    let progress: PromQL<S.H> = "\(delivered) <= \(scope[Settings.maxSamplesPerSend])"
    let counters: PromQL<S.H> = "\(stuck)\nand \(sameQueue)\n\(progress)"
    return Alert(
      name: .networkPartitionDetected,
      comment: "Retries without progress. What counts as failed upstream is what the centre refused for good, which a "
        + "partition never moves; one batch in flight is no progress.",
      expression: hasDurableQueue ? "\(counters)\nor\n\(state(.partitioned, by: labels)) > 0" : counters,
      severity: .critical,
      summary: "\(label: "node") is cut off from the centre",
      description: "Nothing gets through: \(queue). Samples are kept on the node until it does."
    )
  }

  var metricsSyncLag: Alert<S.H> {
    let pending: PromQL<S.H> = "min by (\(labels)) (min_over_time(\(scope.name(.samplesPending))[5m])) > 0"
    return Alert(
      name: .metricsSyncLag,
      comment: "Against the clock: the age of the newest sample stored can't pass the 5m that a query looks back.",
      expression: "(\(sendLag)) > \(scope.seconds(Settings.syncLag)) and \(sameQueue) \(pending)",
      severity: .warning,
      summary: "Metrics of \(label: "node") lag behind",
      description: "The centre is \(value: .duration) behind: \(queue)."
    )
  }

  var remoteWriteDataLoss: Alert<S.H> {
    let failed: PromQL<S.H> = "\(increase(.samplesFailed)) > 0"
    let dropped: PromQL<S.H> = "\(increase(.samplesDropped, matching: droppedMatcher)) > 0"
    let survive: PromQL<S.H> = "\(scope.seconds(Settings.survive).maximum(.known(300)).floor)s"
    let ledger = [Metric.ledgerRejected, .ledgerDropped, .gapSamplesLost].map { metric -> PromQL<S.H> in
      "\nor\n\(increase(metric, over: survive)) > 0"
    }
    let queues: PromQL<S.H> = "\(failed)\nor\n\(dropped)"
    return Alert(
      name: .remoteWriteDataLoss,
      comment: hasDurableQueue
        ? "The ledger is read over the whole partition to survive: what was lost inside it is heard of only after it."
        : "Refused for good, or dropped. What an agent loses by a restart or by truncating its log is in no metric.",
      expression: hasDurableQueue ? ledger.reduce(queues) { "\($0)\($1)" } : queues,
      severity: .critical,
      summary: "Samples of \(label: "node") are lost",
      description: "\(value: .whole) samples will not reach the centre: \(queue)."
    )
  }

  var remoteWriteQueueDepth: Alert<S.H> {
    Alert(
      name: .remoteWriteQueueDepth,
      comment: "A ratio: the capacity is each shard's, so a number of samples means little.",
      expression: "\(queueFill) > \(scope[Settings.queueFill])",
      hold: "10m",
      severity: .warning,
      summary: "The memory queue on \(label: "node") is filling",
      description: "\(value: .percentage) of its capacity is taken: \(queue). It sends slower than it collects."
    )
  }

  var remoteWriteDiskQueueFilling: Alert<S.H> {
    Alert(
      name: .remoteWriteDiskQueueFilling,
      comment: "The last warning before the oldest samples make room for new ones.",
      expression: "\(diskFill) > \(scope[Settings.queueFill])",
      severity: .warning,
      summary: "The disk queue on \(label: "node") is filling",
      description:
        "\(value: .percentage) of its disk is taken: \(queue). When it is full, the oldest samples are dropped."
    )
  }
}
