import Document
import Model

extension QueryParts {
  var panels: [Panel<S.H>] {
    [retryPanel, queuePanel, failedPanel, lagPanel, partitionPanel]
      + (hasDurableQueue ? [ledgerPanel, lostPanel, diskPanel] : [segmentsPanel]) + [heardPanel]
  }

  // MARK: The specification's five

  private var retryPanel: Panel<S.H> {
    Panel(
      title: "Remote write retry rate",
      description: "Samples sent again. HighRemoteWriteRetries watches it.",
      unit: .samplesPerSecond,
      queries: [.init(perQueue("rate", .samplesRetried), legend: queueLegend)],
      thresholds: [.init(color: "orange", value: .number(scope[Settings.retryRate]))]
    )
  }

  private var queuePanel: Panel<S.H> {
    let fill: PromQL<S.H> = "\(selected(.samplesPending)) / (\(selected(.shardCapacity)) * \(selected(.shards)))"
    return Panel(
      title: "Queue depth over time",
      description:
        "Samples in memory, of what all shards hold. RemoteWriteQueueDepth watches it. The backlog on disk is "
        + "in a panel below.",
      unit: .ratio,
      queries: [.init(fill, legend: queueLegend)],
      thresholds: [.init(color: "orange", value: .number(scope[Settings.queueFill]))]
    )
  }

  private var failedPanel: Panel<S.H> {
    Panel(
      title: "Failed samples rate",
      description:
        "Samples that the centre refused for good, or that the queue dropped: they are lost. A partition does "
        + "not move this.",
      unit: .samplesPerSecond,
      queries: [
        .init(perQueue("rate", .samplesFailed), legend: "failed " + queueLegend),
        .init(perQueue("rate", .samplesDropped), legend: "dropped " + queueLegend),
      ],
      thresholds: [.init(color: "red", value: .number(.known(0.001)))]
    )
  }

  private var lagPanel: Panel<S.H> {
    let sent: PromQL<S.H> =
      "time() - max by (\(labels)) (max_over_time(\(scope.name(.queueHighestSent))\(selector)[5m]))"
    let waiting: PromQL<S.H> =
      "time() - max by (\(labels)) (max_over_time(\(scope.name(.queueOldest))\(selector)[5m]))"
    let oldest = hasDurableQueue ? [Panel<S.H>.Query(waiting, legend: "oldest unsent " + queueLegend)] : []
    return Panel(
      title: "Sync lag duration",
      description: "How old the newest sample is that was sent. MetricsSyncLag and RemoteWriteQueueFull watch it.",
      unit: .seconds,
      queries: [.init(sent, legend: "newest sent " + queueLegend)] + oldest,
      thresholds: [
        .init(color: "orange", value: .number(scope.seconds(Settings.syncLag))),
        .init(color: "red", value: .number(scope.seconds(Settings.queueAge))),
      ]
    )
  }

  private var partitionPanel: Panel<S.H> {
    Panel(
      title: "Partition events timeline",
      description: hasDurableQueue
        ? "The state of each path to the centre, as the agents and the detector see it."
        : "1 while samples are retried and none get through. A node that is cut off shows nothing until it is back.",
      kind: .stateTimeline,
      unit: .none,
      queries: [.init(partitionTimeline, legend: "{{cluster}} {{node}}")],
      meanings: hasDurableQueue
        ? [
          (0, "connected", "green"), (1, "suspect", "yellow"), (2, "partitioned", "red"), (3, "recovering", "blue"),
        ] : [(0, "connected", "green"), (1, "partitioned", "red")],
      width: 24
    )
  }

  private var partitionTimeline: PromQL<S.H> {
    if hasDurableQueue {
      let states: [PromQL<S.H>] = [PartitionState.suspect, .partitioned, .recovering].map { state in
        "max by (cluster, node) (\(scope.name(.partitionState)){state=\(quoted: Text(state.rawValue)),\(nodeMatchers)})"
      }
      return "\(states[0]) + 2 * \(states[1]) + 3 * \(states[2])"
    }
    let retried = increased(.samplesRetried)
    let delivered: PromQL<S.H> = "\(increased(.samplesSent)) - \(retried) - \(increased(.samplesFailed))"
    let isStuck: PromQL<S.H> = "(\(retried) > bool \(scope[Settings.failedSamples]))"
    return "max by (cluster, node) (\(isStuck) * (\(delivered) <= bool \(scope[Settings.maxSamplesPerSend])))"
  }

  // MARK: What the runbook needs beside them

  private var ledgerPanel: Panel<S.H> {
    Panel(
      title: "Ledger: where samples are",
      description: "Collected samples are delivered, refused, dropped or queued, to the sample.",
      unit: .samplesPerSecond,
      queries: [
        .init(total("rate", .ledgerScraped), legend: "collected {{cluster}}"),
        .init(total("rate", .ledgerDelivered), legend: "delivered {{cluster}}"),
        .init(total("deriv", .ledgerQueued), legend: "queued, change {{cluster}}"),
      ]
    )
  }

  private var lostPanel: Panel<S.H> {
    Panel(
      title: "Ledger: lost samples",
      description:
        "Refused by the centre, dropped unsent, or missing at the centre and on the node. RemoteWriteDataLoss "
        + "watches them.",
      unit: .short,
      queries: [
        .init(lost(.ledgerRejected), legend: "refused {{node}} {{reason}}"),
        .init(lost(.ledgerDropped), legend: "dropped {{node}} {{reason}}"),
        .init(lost(.gapSamplesLost), legend: "not refillable {{node}} {{reason}}"),
      ],
      thresholds: [.init(color: "red", value: 1)]
    )
  }

  private var diskPanel: Panel<S.H> {
    Panel(
      title: "Disk backlog",
      description: "Unsent bytes on disk, of the queue's share. RemoteWriteDiskQueueFilling watches it.",
      unit: .ratio,
      queries: [.init("\(selected(.queueBytes)) / \(selected(.queueLimitBytes))", legend: queueLegend)],
      thresholds: [
        .init(color: "orange", value: .number(scope[Settings.queueFill])),
        .init(color: "red", value: .number(.known(0.95))),
      ]
    )
  }

  private var segmentsPanel: Panel<S.H> {
    let written: PromQL<S.H> = "max by (cluster, node, instance) (\(scope.name(.walSegment))\(selector))"
    let read: PromQL<S.H> = "max by (cluster, node, instance) (\(scope.name(.watcherSegment))\(selector))"
    return Panel(
      title: "Disk backlog",
      description:
        "Segments of the log between what is written and what is read for sending: no metric tells its samples.",
      unit: .short,
      queries: [.init("\(written) - \(read)", legend: "{{node}} {{instance}}")],
      thresholds: [.init(color: "orange", value: 1)]
    )
  }

  private var heardPanel: Panel<S.H> {
    let job = agentJobName
    let heard: PromQL<S.H> =
      "count(count by (cluster, node) (\(scope.name(.up)){job=\(quoted: Text(job)),\(nodeMatchers)}))"
    let silent: PromQL<S.H> =
      "count(max by (node) (\(scope.name(.nodeInfo))) unless on (node) \(scope.name(.up)){job=\(quoted: Text(job))})"
    return Panel(
      title: "Agents heard and silent",
      description:
        "Nodes whose agent the centre hears, and nodes of the cluster without one. AgentSilent watches them.",
      unit: .none,
      queries: [.init(heard, legend: "heard"), .init("\(silent) or vector(0)", legend: "silent")]
    )
  }
}
