import Model

extension StatusDocument {
  static func queue(_ queue: QueueSnapshot, now: Moment) -> JSONValue {
    let sender = queue.sender
    return .object(
      ("name", .string(queue.name)),
      ("url", .string(PublicURL(queue.url).description)),
      ("path", .optional(queue.path) { path($0, now: now) }),
      ("queued_samples", .unsigned(queue.ledger.queued.total)),
      ("queued_samples_by_lane", .counts(queue.ledger.queued)),
      ("queued_bytes", .unsigned(queue.unsentBytes)),
      ("oldest_unsent", .time(queue.oldestUnsent)),
      ("oldest_unsent_age_seconds", .optional(queue.oldestUnsent) { .thousandths(difference(now.wall, $0)) }),
      ("newest_taken", .time(queue.newestTaken)),
      ("taken_per_second", rate(queue.takenPerSecond)),
      ("delivered_per_second", rate(queue.deliveredPerSecond)),
      ("backlog_drained_after_seconds", drain(DrainForecast(queue))),
      ("shards", shards(sender)),
      ("requests", .counts(sender.requests)),
      ("clock_offset_seconds", .optional(sender.clockOffset) { .thousandths($0) }),
      (
        "last_error",
        .optional(sender.lastError) { .object(("time", .time($0.time)), ("message", .string($0.message))) }
      )
    )
  }

  private static func path(_ path: PathSnapshot, now: Moment) -> JSONValue {
    .object(
      ("state", .string(path.state.rawValue)),
      ("since", .time(path.since.wall)),
      ("lasted_seconds", .thousandths(max(0, now.monotonic - path.since.monotonic))),
      ("check_url", .string(PublicURL(path.checkURL).description)),
      ("check_failures_in_a_row", .unsigned(path.checkFailuresInARow))
    )
  }

  private static func shards(_ sender: SenderSnapshot) -> JSONValue {
    .object(
      ("current", .integer(Int64(sender.shardCount))),
      ("desired", .integer(Int64(sender.shardCountDesired))),
      ("min", .integer(Int64(sender.shardCountMin))),
      ("max", .integer(Int64(sender.shardCountMax))),
      ("capacity_samples", .integer(Int64(sender.shardCapacity))),
      ("pending_samples", .unsigned(sender.pendingSamples))
    )
  }

  private static func drain(_ forecast: DrainForecast) -> JSONValue {
    switch forecast {
    case .drained: .integer(0)
    case .after(let milliseconds): .thousandths(milliseconds)
    case .never: .null
    }
  }

  /// Three digits behind the point; no rate of this world is beyond what they fit in.
  private static func rate(_ perSecond: Double) -> JSONValue {
    let thousandths = (perSecond * 1000).rounded()
    return thousandths.magnitude < 9e18 ? .thousandths(Int64(thousandths)) : .null
  }

  /// Timestamps come from outside: any 64 bits.
  private static func difference(_ later: Int64, _ earlier: Int64) -> Int64 {
    let (difference, overflow) = later.subtractingReportingOverflow(earlier)
    return overflow ? (later < earlier ? Int64.min : Int64.max) : difference
  }
}
