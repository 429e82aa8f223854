/// `rescfg_…`: what this project's own programs expose. docs/formats/metrics.md is the contract.
///
/// The ledger holds at every moment, for each queue:
/// `rescfg_samples_scraped_total = delivered_total + rejected_total + dropped_total + rescfg_samples_queued`.
extension Metric {
  private static func own(
    _ name: String,
    _ kind: Kind,
    _ help: String,
    labels: [String] = [],
    from exporter: Exporter = .agent
  ) -> Metric {
    Metric("rescfg_\(name)", kind, help, labels: labels, from: exporter)
  }

  /// The labels of everything that belongs to one queue: the same as `prometheus_remote_storage_…` has.
  private static let queueLabels = ["remote_name", "url"]

  package static let ledgerScraped = own(
    "samples_scraped_total",
    .counter,
    "Samples taken in, scraped or received",
    labels: queueLabels
  )
  package static let ledgerDelivered = own(
    "samples_delivered_total",
    .counter,
    "Samples that the centre acknowledged, each once",
    labels: queueLabels + ["lane"]
  )
  package static let ledgerRejected = own(
    "samples_rejected_total",
    .counter,
    "Samples that the centre refused for good, set aside with its reason",
    labels: queueLabels + ["reason"]
  )
  package static let ledgerDropped = own(
    "samples_dropped_total",
    .counter,
    "Samples deleted unsent: the disk's share was full, they were too old, or a block was corrupt",
    labels: queueLabels + ["reason"]
  )
  package static let ledgerQueued = own(
    "samples_queued",
    .gauge,
    "Samples on disk that wait to be sent",
    labels: queueLabels + ["lane"]
  )

  package static let queueBytes = own("queue_bytes", .gauge, "Bytes of unsent samples on disk", labels: queueLabels)
  package static let queueLimitBytes = own(
    "queue_limit_bytes",
    .gauge,
    "Bytes the queue may take on disk",
    labels: queueLabels
  )
  package static let queueOldest = own(
    "queue_oldest_timestamp_seconds",
    .gauge,
    "Time of the oldest unsent sample, of the newest sample taken in where all are sent",
    labels: queueLabels
  )

  package static let partitionState = own(
    "partition_state",
    .gauge,
    "1 for the state the path to the centre is in, 0 for the others",
    labels: queueLabels + ["state"],
    from: .detector
  )
  package static let partitionTransitions = own(
    "partition_transitions_total",
    .counter,
    "Changes of state, by the state entered",
    labels: queueLabels + ["state"],
    from: .detector
  )
  package static let checks = own(
    "health_checks_total",
    .counter,
    "Health checks of the centre, by result",
    labels: ["url", "result"],
    from: .detector
  )

  package static let gapSamplesReplayed = own(
    "gap_samples_replayed_total",
    .counter,
    "Samples sent again because the centre lacked them",
    labels: queueLabels
  )
  package static let gapSamplesLost = own(
    "gap_samples_lost_total",
    .counter,
    "Samples the centre lacks and the node no longer has, by reason",
    labels: queueLabels + ["reason"]
  )
  package static let syncLastSuccess = own(
    "sync_last_success_timestamp_seconds",
    .gauge,
    "When the last complete comparison with the centre ended",
    labels: queueLabels
  )

  package static let limitHits = own(
    "limit_hits_total",
    .counter,
    "Times a bound of the agent was reached, by bound",
    labels: ["limit"]
  )

  static let rescfg: [Metric] = [
    ledgerScraped, ledgerDelivered, ledgerRejected, ledgerDropped, ledgerQueued, queueBytes, queueLimitBytes,
    queueOldest, partitionState, partitionTransitions, checks, gapSamplesReplayed, gapSamplesLost, syncLastSuccess,
    limitHits,
    own("queue_segments", .gauge, "Segments on disk, sent ones kept for refills included", labels: queueLabels),
    own("queue_disk_bytes", .gauge, "Bytes on disk, sent segments included", labels: queueLabels),
    own("queue_corrupt_blocks_total", .counter, "Blocks whose checksum did not hold", labels: queueLabels),
    own("queue_write_failures_total", .counter, "Writes to the disk that failed", labels: queueLabels),
    own("queue_fsync_duration_seconds", .histogram, "How long syncs of the disk took", labels: queueLabels),
    own(
      "health_check_failures_in_a_row",
      .gauge,
      "Failed checks since the last good one",
      labels: ["url"],
      from: .detector
    ),
    own("sync_runs_total", .counter, "Comparisons with the centre, by result", labels: queueLabels + ["result"]),
    own("gaps_found_total", .counter, "Missing ranges found at the centre", labels: queueLabels),
    own("config_last_reload_successful", .gauge, "1 where the newest model was taken, 0 where the former still holds"),
    own("config_last_reload_success_timestamp_seconds", .gauge, "When a model was taken last"),
    own("build_info", .gauge, "Always 1", labels: ["version"]),
  ]
}

/// The states of `rescfg_partition_state`, in the order in which a partition passes through them.
package enum PartitionState: String, Sendable, CaseIterable {
  case connected, suspect, partitioned, recovering
}
