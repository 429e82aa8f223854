import Model

/// `/api/v1/status`: how the agent is, for people and for the status page (docs/formats/status.md).
public struct StatusDocument: Sendable {
  public let json: JSONValue

  public init(_ snapshot: AgentSnapshot) {
    let program = snapshot.program
    json = .object(
      ("time", .time(snapshot.now.wall)),
      ("version", .string(program.version)),
      ("environment", .string(program.environment)),
      ("cluster", .string(program.cluster)),
      ("node", .string(program.node)),
      ("started", .time(program.started.wall)),
      ("uptime_seconds", .thousandths(max(0, snapshot.now.monotonic - program.started.monotonic))),
      (
        "model",
        .object(("last_reload_successful", .boolean(program.isLastReloadGood)), ("taken", .time(program.lastReload)))
      ),
      ("queues", .array(snapshot.queues.map { Self.queue($0, now: snapshot.now) })),
      ("disk", Self.disk(snapshot.spool)),
      ("targets", Self.targets(snapshot.scraper)),
      ("series", .integer(Int64(snapshot.seriesCount))),
      ("samples_by_input", Self.inputs(snapshot)),
      ("limits_hit", .counts(snapshot.limitHits))
    )
  }

  private static func disk(_ spool: SpoolSnapshot) -> JSONValue {
    .object(
      ("bytes", .unsigned(spool.diskBytes)),
      ("limit_bytes", .unsigned(spool.limitBytes)),
      ("segments", .unsigned(spool.segmentCount)),
      ("corrupt_blocks", .unsigned(spool.corruptBlocks)),
      ("write_failures", .unsigned(spool.writeFailures)),
      ("unsynced_samples", .unsigned(spool.unsyncedSamples)),
      ("unsynced_seconds", .thousandths(spool.unsyncedMilliseconds)),
      ("degraded", .optional(spool.degraded) { .string($0) })
    )
  }

  private static func inputs(_ snapshot: AgentSnapshot) -> JSONValue {
    .object(
      (InputLabel.scrape.rawValue, .unsigned(snapshot.scraper.samples)),
      (InputLabel.receive.rawValue, .unsigned(snapshot.receiver.samples))
    )
  }

  /// So that a node with very many targets has a status of bounded size.
  static let listedTargetCountMax = 500

  private static func targets(_ scraper: ScraperSnapshot) -> JSONValue {
    var counts = Tally<TargetLabel>()
    for target in scraper.targets { counts.add(to: target.state) }
    let order: [TargetLabel] = [.down, .unknown, .up]
    let listed = order.flatMap { state in scraper.targets.filter { $0.state == state } }.prefix(listedTargetCountMax)
    return .object(
      ("by_state", .counts(counts)),
      ("listed", .array(listed.map(target))),
      ("omitted", .integer(Int64(scraper.targets.count - listed.count)))
    )
  }

  private static func target(_ target: TargetSnapshot) -> JSONValue {
    .object(
      ("job", .string(target.job)),
      ("instance", .string(target.instance)),
      ("url", .string(PublicURL(target.url).description)),
      ("state", .string(target.state.rawValue)),
      ("last_scrape", .time(target.lastScrape)),
      ("last_duration_seconds", .thousandths(target.lastDurationMilliseconds)),
      ("last_samples", .unsigned(target.lastSampleCount)),
      ("last_error", .optional(target.lastError) { .string($0) })
    )
  }
}
