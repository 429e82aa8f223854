import Document
import Model

/// For each alert, input that must set it off and input that must not: computed from the settings, so that it is about
/// the thresholds of this environment.
extension Scenarios {
  func of(_ name: AlertName) -> [Scenario] {
    switch name {
    case .highRemoteWriteRetries: [retries]
    case .remoteWriteQueueFull: [sentAge(above: Settings.queueAge)] + durable([backlogOnDisk])
    case .networkPartitionDetected: [partition] + durable([detectedPartition])
    case .metricsSyncLag: [sentAge(above: Settings.syncLag)]
    case .remoteWriteDataLoss: losses
    case .remoteWriteQueueDepth: [depth]
    case .remoteWriteDiskQueueFilling: [disk]
    case .agentSilent: [silence]
    case .allAgentsSilent: [deadMan]
    case .metricsSyncFailed: [syncFailure, syncNeverSucceeded]
    }
  }

  private func durable(_ scenarios: [Scenario]) -> [Scenario] { hasDurableQueue ? scenarios : [] }

  private var windowMinutes: Int { Int((max(300, scope.seconds(Settings.maxBackoff).value * 4) / 60).rounded(.up)) }

  private func minutes(_ setting: Setting<PrometheusDuration>) -> Int {
    Int((scope.seconds(setting).value / 60).rounded(.up))
  }

  private var retries: Scenario {
    // A rate in whole samples a second, so that a minute's step and the printed value are exact.
    let rate = Int(scope[Settings.retryRate].value) + 1
    let end = windowMinutes + minutes(Settings.retryFor) + 2
    return Scenario(
      evaluationSeconds: end * 60,
      firing: [series(.samplesRetried, "0+\(rate * 60)x\(end)")],
      quiet: [series(.samplesRetried, "1000x\(end)")],
      labels: remainingQueueLabels,
      printedValue: "\(rate).0"
    )
  }

  /// Time begins at zero in a test, so what was sent before is below it.
  private func sentAge(above threshold: Setting<PrometheusDuration>) -> Scenario {
    let seconds = minutes(threshold) * 60 + 60
    return Scenario(
      cause: threshold.info == Settings.queueAge.info && hasDurableQueue ? "nothing is sent" : nil,
      evaluationSeconds: 600,
      firing: [series(.queueHighestSent, "-\(seconds)x10"), series(.samplesPending, "500x10")],
      // As old, and nothing waits: an agent without targets.
      quiet: [series(.queueHighestSent, "-\(seconds)x10"), series(.samplesPending, "0x10")],
      labels: remainingQueueLabels,
      printedValue: printedDuration(seconds: seconds + 600)
    )
  }

  /// New samples get out, the backlog does not.
  private var backlogOnDisk: Scenario {
    let seconds = minutes(Settings.queueAge) * 60 + 60
    return Scenario(
      cause: "a backlog stays on disk",
      evaluationSeconds: 600,
      firing: [
        series(.queueHighestSent, "0+60x10"), series(.samplesPending, "500x10"),
        series(.queueOldest, "-\(seconds)x10"), series(.ledgerQueued, "9000x10", ("lane", "backlog")),
      ],
      quiet: [
        series(.queueHighestSent, "0+60x10"), series(.samplesPending, "500x10"),
        series(.queueOldest, "-\(seconds)x10"), series(.ledgerQueued, "0x10", ("lane", "backlog")),
      ],
      labels: remainingQueueLabels,
      printedValue: printedDuration(seconds: seconds + 600)
    )
  }

  private var partition: Scenario {
    let end = windowMinutes + 2
    // Enough a minute to pass the threshold within the window, with room for what extrapolation adds or takes.
    let step = (scope[Settings.failedSamples].value / windowMinutes + 1) * 2
    let progress = scope[Settings.maxSamplesPerSend].value * 2 + step
    return Scenario(
      cause: hasDurableQueue ? "retries make no progress" : nil,
      evaluationSeconds: end * 60,
      firing: [
        series(.samplesSent, "5000+\(step)x\(end)"), series(.samplesRetried, "0+\(step)x\(end)"),
        series(.samplesFailed, "0x\(end)"),
      ],
      // As many retries, but more gets through than one batch.
      quiet: [
        series(.samplesSent, "5000+\(progress)x\(end)"), series(.samplesRetried, "0+\(step)x\(end)"),
        series(.samplesFailed, "0x\(end)"),
      ],
      labels: remainingQueueLabels
    )
  }

  private var detectedPartition: Scenario {
    func states(partitioned: Int) -> [InputSeries] {
      PartitionState.allCases.map { state in
        let isIn = state == (partitioned == 1 ? .partitioned : .connected)
        return series(.partitionState, "\(isIn ? 1 : 0)x2", ("state", Text(state.rawValue)))
      }
    }
    return Scenario(
      cause: "the detector says so",
      evaluationSeconds: 120,
      firing: states(partitioned: 1),
      quiet: states(partitioned: 0),
      labels: remainingQueueLabels
    )
  }

  /// One for each way to lose a sample: one a second.
  private var losses: [Scenario] {
    let end = windowMinutes + 2
    func loss(_ cause: String, _ metric: Metric, over window: Double, _ reason: String? = nil) -> Scenario {
      let labels = queueLabelValues + (reason.map { [("reason", Text($0))] } ?? [])
      return Scenario(
        cause: cause,
        evaluationSeconds: end * 60,
        firing: [series(metric, "0+60x\(end)", labels: labels)],
        quiet: [series(metric, "1000x\(end)", labels: labels)],
        labels: remainingQueueLabels,
        printedValue: String(Int(min(window, Double(end * 60))))
      )
    }
    let hasReason = scope[Settings.prometheusVersion] >= PrometheusVersion(2, 50)
    let ledgerWindow = max(300, scope.seconds(Settings.survive).value).rounded(.down)
    return [
      loss("samples are refused", .samplesFailed, over: rateWindowSeconds),
      loss("samples are dropped", .samplesDropped, over: rateWindowSeconds, hasReason ? "too_old" : nil),
    ]
      + durable([
        loss("the ledger has refused ones", .ledgerRejected, over: ledgerWindow, "too_old"),
        loss("the ledger has dropped ones", .ledgerDropped, over: ledgerWindow, "disk_full"),
        loss("a gap can't be refilled", .gapSamplesLost, over: ledgerWindow, "disk_full"),
      ])
  }

  private var rateWindowSeconds: Double { max(300, scope.seconds(Settings.maxBackoff).value * 4).rounded(.down) }

  private var depth: Scenario {
    let capacity = scope[Settings.queueCapacity].value
    let shards = scope[Settings.maxShards].value
    let memory = [series(.shardCapacity, "\(capacity * 4)x15"), series(.shards, "\(shards)x15")]
    return Scenario(
      evaluationSeconds: 720,
      firing: memory + [series(.samplesPending, "\(capacity * shards * 5)x15")],
      quiet: memory + [series(.samplesPending, "0x15")],
      labels: remainingQueueLabels,
      printedValue: "125%"
    )
  }

  private var disk: Scenario {
    Scenario(
      evaluationSeconds: 120,
      firing: [series(.queueBytes, "5000x2"), series(.queueLimitBytes, "4000x2")],
      quiet: [series(.queueBytes, "0x2"), series(.queueLimitBytes, "4000x2")],
      labels: remainingQueueLabels,
      printedValue: "125%"
    )
  }

  private var silence: Scenario {
    let end = minutes(Settings.silentNodeFor) + 2
    let nodes = [series(.nodeInfo, "1x\(end)", labels: [("node", "node-1")])]
    return Scenario(
      evaluationSeconds: end * 60,
      firing: nodes + [series(.up, "1x\(end)", labels: [("node", "node-2"), ("job", "prometheus-agent")])],
      quiet: nodes + [series(.up, "1x\(end)", labels: [("node", "node-1"), ("job", "prometheus-agent")])],
      labels: [("node", "node-1")]
    )
  }

  private var deadMan: Scenario {
    let end = minutes(Settings.silentNodeFor) + 2
    return Scenario(
      evaluationSeconds: end * 60,
      firing: [series(.up, "1x\(end)", labels: [("node", "node-1"), ("job", "kubelet")])],
      quiet: [series(.up, "1x\(end)", labels: [("node", "node-1"), ("job", "prometheus-agent")])],
      labels: [("job", "prometheus-agent")]
    )
  }

  private var syncFailure: Scenario { sync("the last success is long ago", .cronJobLastSuccess) }
  private var syncNeverSucceeded: Scenario { sync("there was no success", .cronJobCreated) }

  private func sync(_ cause: String, _ metric: Metric) -> Scenario {
    let labels: [(name: String, value: Text<Never>)] = [
      ("namespace", scope.text(Settings.namespace)), ("cronjob", "metrics-sync"),
    ]
    let seconds = scope[Settings.syncInterval].value * 180
    return Scenario(
      cause: cause,
      evaluationSeconds: 120,
      firing: [series(metric, "-\(seconds)x2", labels: labels)],
      quiet: [series(metric, "0x2", labels: labels)],
      labels: labels,
      printedValue: printedDuration(seconds: seconds + 120)
    )
  }
}

/// As `humanizeDuration` prints a whole number of seconds, a minute or more.
private func printedDuration(seconds: Int) -> String {
  let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60)
  let tail = "\(minutes)m \(seconds % 60)s"
  if days != 0 { return "\(days)d \(hours)h \(tail)" }
  return hours != 0 ? "\(hours)h \(tail)" : tail
}
