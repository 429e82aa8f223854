import Model

/// Which alerts' conditions hold for a queue: the rendered rules, computed from what is here.
struct QueueConditions: Sendable {
  private var history = QueueHistory()
  /// Before the first sample is sent, the start stands for it.
  private let started: Int64

  init(started: Moment) { self.started = started.wall }

  /// - Parameter labels: of whose queue it is.
  mutating func read(
    _ reading: QueueReading,
    _ thresholds: AlertThresholds,
    labels: [(name: String, value: String)],
    now: Moment
  ) -> [AlertCondition] {
    history.add(reading, now: now.monotonic, window: thresholds.rateWindow)
    let subject = AlertSubject(
      labels + [(name: "remote_name", value: reading.name), (name: "url", value: PublicURL(reading.url).description)]
    )
    let node = labels.first { $0.name == "node" }?.value ?? ""
    func condition(_ alert: LocalAlert, hold: Int64 = 0, _ summary: String, _ description: String) -> AlertCondition {
      AlertCondition(alert: alert, subject: subject, hold: hold, summary: summary, description: description)
    }
    var conditions: [AlertCondition] = []
    if isRetrying(thresholds) {
      conditions.append(
        condition(
          .highRemoteWriteRetries,
          hold: thresholds.retryFor,
          "Remote write on \(node) keeps retrying",
          "Samples are sent again and again. The network is bad, or the centre is slow or down."
        )
      )
    }
    let lag = max(0, now.wall - (reading.highestSent ?? started))
    let isPending = history.least(\.pendingSamples) > 0
    let age = reading.oldestUnsent.map { max(0, now.wall - $0) } ?? 0
    if lag > thresholds.queueAge && isPending || age > thresholds.queueAge && history.least(\.queuedSamples) > 0 {
      conditions.append(
        condition(
          .remoteWriteQueueFull,
          "Unsent samples on \(node) are too old",
          "A partition or a failure at the centre lasts; what waits is on the node's disk."
        )
      )
    }
    if reading.state == .partitioned || isStuck(thresholds) {
      conditions.append(
        condition(
          .networkPartitionDetected,
          "\(node) is cut off from the centre",
          "Nothing gets through. Samples are kept on the node until it does."
        )
      )
    }
    if lag > thresholds.syncLag && isPending {
      conditions.append(
        condition(.metricsSyncLag, "Metrics of \(node) lag behind", "What the centre has of this queue is old.")
      )
    }
    if history.increase(\.lostSamples) > 0 {
      conditions.append(
        condition(
          .remoteWriteDataLoss,
          "Samples of \(node) are lost",
          "Samples were refused for good or dropped; they will not reach the centre."
        )
      )
    }
    return conditions
  }

  private func isRetrying(_ thresholds: AlertThresholds) -> Bool {
    // Over the whole window, as long as there isn't one: few readings make no rate.
    let seconds = Double(max(history.length, 60_000)) / 1000
    return Double(history.increase(\.retriedSamples)) / seconds > thresholds.retryRate
  }

  /// Retries without progress.
  private func isStuck(_ thresholds: AlertThresholds) -> Bool {
    let retried = history.increase(\.retriedSamples)
    let attempted = history.increase(\.attemptedSamples)
    let refused = history.increase(\.refusedSamples)
    let (vain, isOverflow) = retried.addingReportingOverflow(refused)
    let delivered = isOverflow || attempted < vain ? 0 : attempted - vain
    return retried > thresholds.failedSamples && delivered <= thresholds.samplesPerSendMax
  }
}
