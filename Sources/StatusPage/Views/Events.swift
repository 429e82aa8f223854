import Agent
import Model

extension StatusPage {
  /// The last changes of the paths that are watched; nothing where none is.
  var events: Markup? {
    let watched = snapshot.queues.filter { $0.path != nil }
    if watched.isEmpty { return nil }
    var content: [Markup] = [Tag.h2(.id(.events), text: "Changes of the path")]
    for queue in watched {
      let events = queue.path?.recent ?? []
      content.append(
        events.isEmpty ? Tag.p(.classes(.rest), text: "None since the start of this program.") : table(events)
      )
    }
    return Tag.section(.labelled(by: .events), content: content)
  }

  private func table(_ events: [PartitionEvent]) -> Markup {
    let shown = events.suffix(Self.eventCountMax).reversed()
    let all = events.last?.sequence ?? 0
    let caption = "The last \(shown.count) of \(exact(all)) since the start of this program, the newest first"
    return Tag.table(
      .classes(.list),
      .role(.table),
      content: [
        Tag.caption(text: caption), heads([("Time", false), ("State", false), ("After", false), ("Evidence", false)]),
        Tag.tbody(.role(.rowgroup), content: shown.map(row)),
      ]
    )
  }

  private func row(_ event: PartitionEvent) -> Markup {
    Tag.tr(
      .role(.row),
      content: [
        Tag.td(.role(.cell), .classes(.when), content: [time(event.time)]),
        Tag.td(.role(.cell), content: [state(event.to.level, event.to.name)]),
        Tag.td(
          .role(.cell),
          .classes(.when),
          .before("after"),
          text: "\(event.from.rawValue) for \(duration(event.lasted))"
        ),
        Tag.td(.role(.cell), .classes(.wide), text: event.evidence.sentence),
      ]
    )
  }
}

extension TransitionEvidence {
  /// `No connection to the health check, 3 bad rounds in a row. 7 writes failed: no connection.`
  fileprivate var sentence: String {
    let rounds = cause == .pathWorks ? "\(counted(goodRounds, "good round"))" : "\(counted(badRounds, "bad round"))"
    let check = checkFailure.map { "Health check: \($0.words)" } ?? "Health check answered"
    var sentences = ["\(check), \(rounds) in a row."]
    if sendFailures > 0 {
      let reason = lastSendFailure.map { ": \($0.words)" } ?? ""
      sentences.append("\(counted(Int(clamping: sendFailures), "write")) failed\(reason).")
    }
    if acknowledgedSamples > 0 { sentences.append("\(samples(acknowledgedSamples)) acknowledged.") }
    return sentences.joined(separator: " ")
  }
}

extension CheckFailure {
  fileprivate var words: String {
    switch self {
    case .connection: "no connection"
    case .timeout: "no answer in time"
    case .tls: "no trust (TLS)"
    case .status: "an answer other than 2xx"
    }
  }
}

extension WriteFailure {
  fileprivate var words: String {
    switch self {
    case .connection: "no connection"
    case .timeout: "no answer in time"
    case .tls: "no trust (TLS)"
    case .serverError: "5xx"
    case .throttled: "429"
    case .refused: "refused, as 401, 403 or 404"
    }
  }
}
