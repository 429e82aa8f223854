import Model

/// `/api/v1/gaps`: what the centre lacks of what was delivered, and what became of it (docs/formats/gaps.md).
public struct GapsDocument: Sendable {
  public let json: JSONValue

  public init(_ snapshot: AgentSnapshot) {
    json = .object(
      ("time", .time(snapshot.now.wall)),
      ("cluster", .string(snapshot.program.cluster)),
      ("node", .string(snapshot.program.node)),
      ("queues", .array(snapshot.queues.map(Self.queue)))
    )
  }

  private static func queue(_ queue: QueueSnapshot) -> JSONValue {
    let gaps = queue.gaps
    return .object(
      ("name", .string(queue.name)),
      ("url", .string(PublicURL(queue.url).description)),
      ("checks_begun", .unsigned(gaps.started)),
      ("stage", .optional(gaps.stage) { .string($0.rawValue) }),
      ("gaps_found", .unsigned(gaps.found)),
      ("replayed_samples", .unsigned(gaps.replayedSamples)),
      ("lost_samples_by_reason", .counts(gaps.lostSamples)),
      ("last_success", .time(gaps.lastSuccess)),
      ("last_check", .optional(gaps.report, check))
    )
  }

  private static func check(_ report: SyncReport) -> JSONValue {
    .object(
      ("number", .unsigned(report.number)),
      ("started", .time(report.started.wall)),
      (
        "lasted_seconds", .thousandths((report.ended?.monotonic ?? report.started.monotonic) - report.started.monotonic)
      ),
      ("result", .string(report.result.rawValue)),
      ("error", .optional(report.error) { .string($0) }),
      ("from", .time(report.from)),
      ("until", .time(report.until)),
      ("resolution_seconds", .integer(report.resolution / 1000)),
      ("questions", .integer(Int64(report.questionCount))),
      ("series_asked_for", .integer(Int64(report.witnessCount))),
      ("samples_compared", .unsigned(report.comparedSamples)),
      ("samples_not_compared", .unsigned(report.unwitnessedSamples)),
      ("held_from", .time(report.heldFrom)),
      ("samples_before", .unsigned(report.samplesBefore)),
      ("samples_replayed", .unsigned(report.replayedSamples)),
      ("samples_refused", .unsigned(report.refusedSamples)),
      ("gaps", .array(report.gaps.map(gap))),
      ("gaps_omitted", .integer(Int64(report.omittedGapCount)))
    )
  }

  private static func gap(_ gap: Gap) -> JSONValue {
    let (state, reason): (String, String?) =
      switch gap.state {
      case .filled: ("filled", nil)
      case .pending: ("pending", nil)
      case .unfillable(let reason): ("unfillable", reason.rawValue)
      }
    return .object(
      ("from", .time(gap.from)),
      ("until", .time(gap.until)),
      ("state", .string(state)),
      ("reason", .optional(reason) { .string($0) }),
      ("samples", .unsigned(gap.samples)),
      ("series", .string(gap.series.selector)),
      ("series_delivered", .integer(Int64(gap.delivered))),
      ("series_found", .integer(Int64(gap.found)))
    )
  }
}
