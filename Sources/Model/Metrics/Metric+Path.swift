/// The path to the centre: its state, what was asked and answered, and the gaps that a partition left.
extension Metric {
  public static let partitionState = ofQueue(
    "partition_state",
    .gauge,
    "1 for the state the path to the centre is in, 0 for the others",
    by: ["state"],
    from: .detector
  )
  public static let partitionTransitions = ofQueue(
    "partition_transitions_total",
    .counter,
    "Changes of state, by the state entered",
    by: ["state"],
    from: .detector
  )
  public static let checks = own(
    "health_checks_total",
    .counter,
    "Health checks of the centre, by result",
    labels: ["url", "result"],
    from: .detector
  )
  public static let checkFailuresInARow = own(
    "health_check_failures_in_a_row",
    .gauge,
    "Failed checks since the last good one",
    labels: ["url"],
    from: .detector
  )
  public static let requests = ofQueue(
    "requests_total",
    .counter,
    "Write requests that ended, by what became of them",
    by: ["result"]
  )
  public static let probes = ofQueue(
    "path_probes_total",
    .counter,
    "Requests that only tried whether the write path works again, by result",
    by: ["result"]
  )
  public static let clockOffset = ofQueue(
    "clock_offset_seconds",
    .gauge,
    "This node's clock less the centre's, by the centre's last answer; 0 before the first"
  )

  static let path: [Metric] = [
    partitionState, partitionTransitions, checks, checkFailuresInARow, requests, probes, clockOffset,
  ]

  public static let gapsFound = ofQueue("gaps_found_total", .counter, "Missing ranges found at the centre")
  public static let gapSamplesReplayed = ofQueue(
    "gap_samples_replayed_total",
    .counter,
    "Samples sent again because the centre lacked them"
  )
  public static let gapSamplesLost = ofQueue(
    "gap_samples_lost_total",
    .counter,
    "Samples the centre lacks and the node no longer has, by reason",
    by: ["reason"]
  )
  public static let syncRuns = ofQueue(
    "sync_runs_total",
    .counter,
    "Comparisons with the centre, by result",
    by: ["result"]
  )
  public static let syncLastSuccess = ofQueue(
    "sync_last_success_timestamp_seconds",
    .gauge,
    "When the last complete comparison with the centre ended"
  )

  static let gaps: [Metric] = [gapsFound, gapSamplesReplayed, gapSamplesLost, syncRuns, syncLastSuccess]
}
