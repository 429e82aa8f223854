import Samples
public import Spool

extension Sender {
  /// Takes the outcome of a request. `step` then says what to do next.
  public func finish(_ id: UInt64, _ result: SendResult, _ spool: Spool, now: Moment) {
    var found: (flight: Flight, sentAt: Int64, isProbe: Bool)?
    for flight in flights {
      if case .sent(id, let sentAt, let isProbe) = flight.state { found = (flight, sentAt, isProbe) }
    }
    guard let (flight, sentAt, isProbe) = found else { return }
    flight.state = .waiting(until: now.monotonic)
    answeredSentAt = sentAt
    let latency = max(now.monotonic - sentAt, 0)
    counters.batchDurations.observe(microseconds: latency * 1000)
    switch result {
    case .failed(let failure):
      path.noteError(DeadLetter.bounded("\(failure.kind.rawValue): \(failure.message)"), now)
      retry(flight, .transport, isProbe: isProbe, retryAfter: nil, now)
    case .answered(let status, let headers, let body):
      let answer = Answer(status: status, headers: headers, body: body)
      if let date = answer.header("date") { serverClock.hear(date, now: now) }
      take(answer, flight, latency: latency, isProbe: isProbe, spool, now)
    }
    note(spool, now: now)
    nextWake = now.monotonic
  }

  private func take(_ answer: Answer, _ flight: Flight, latency: Int64, isProbe: Bool, _ spool: Spool, _ now: Moment) {
    let retryAfter = answer.header("retry-after").flatMap {
      RetryAfter.milliseconds(
        $0,
        now: serverClock.time(now: now) ?? now.wall,
        limit: configuration.retryAfterMax
      )
    }
    var kind = AnswerClass(status: answer.status)
    if flight.version == .v2 { kind = readWritten(answer, kind, flight) }
    if kind != .accepted { path.noteError(answer.text, now) }
    switch kind {
    case .accepted:
      successes += 1
      // It was refused before as it is now.
      if flight.hadInternalErrors { lastFlip = now.monotonic }
      noteLatency(latency, flight, now)
      reached(now)
      decide(flight, answer, isAccepted: true, spool, now)
    case .refused:
      reached(now)
      decide(flight, answer, isAccepted: false, spool, now)
    case .tooLarge:
      reached(now)
      shrink(flight, answer, spool, now)
    case .overloaded where answer.status == 429 && !configuration.retriesOnRateLimit:
      reached(now)
      giveUp(flight, answer, spool, now)
    case .overloaded:
      backlogLimit.halve(now: now.monotonic)
      retry(flight, .overload, isProbe: isProbe, retryAfter: retryAfter, now)
    case .unavailable:
      retry(flight, .server, isProbe: isProbe, retryAfter: retryAfter, now)
    case .unsupported where flight.version == .v2:
      reached(now)
      fallBack(now)
    case .misdirected, .unsupported:
      retry(flight, .refusedAccess, isProbe: isProbe, retryAfter: nil, now)
    case .internalError:
      suspect(flight, answer, isProbe: isProbe, retryAfter: retryAfter, spool, now)
    }
  }

  /// The receiver answers: whoever waited for that goes on, the backlog after a moment of this node's own.
  private func reached(_ now: Moment) {
    if !path.isClear {
      // What was sent well before this one, and has no answer yet, went out when nothing got through.
      giveUp(sentBefore: answeredSentAt - Self.answersApart, now)
      backlogStart = now.monotonic + Self.phase(configuration, &generator)
      backlogLimit.restart()
    }
    path.succeeded(now)
  }

  private static let answersApart: Int64 = 1_000

  private func noteLatency(_ latency: Int64, _ flight: Flight, _ now: Moment) {
    if flight.lane == .backlog {
      backlogLimit.succeeded(latency: latency, max: backlogShardsMax, now: now.monotonic)
    } else if latency > max(1000, configuration.scrapeInterval / 2) {
      backlogLimit.halve(now: now.monotonic)
    }
  }

  func retry(
    _ flight: Flight,
    _ trouble: PathHealth.Trouble,
    isProbe: Bool,
    retryAfter: Int64?,
    _ now: Moment
  ) {
    flight.attempt += 1
    counters.retriedSamples += UInt64(flight.currentSampleCount)
    path.countFailure()
    path.failed(trouble, isProbe: isProbe, retryAfter: retryAfter, configuration, now, using: &generator)
    // What never arrived may go as soon as the path is there; what was answered waits for itself, too.
    let wait = trouble == .transport ? 0 : configuration.backoff.delay(flight.attempt - 1, using: &generator)
    flight.state = .waiting(until: now.monotonic + max(wait, retryAfter ?? 0))
  }
}

/// An answer, with what is read of it.
struct Answer {
  let status: Int
  let headers: [(name: String, value: String)]
  let body: [UInt8]

  /// By a name in lower case.
  func header(_ name: String) -> String? {
    headers.first { $0.name.utf8.count == name.utf8.count && $0.name.lowercased() == name }?.value
  }

  /// For people: the status and the beginning of the body.
  var text: String {
    let text = String(decoding: body.prefix(DeadLetter.detailByteCountMax), as: UTF8.self)
    return DeadLetter.bounded(text.isEmpty ? "HTTP \(status)" : "HTTP \(status): \(text)")
  }

  var reason: RefusalReason {
    RefusalReason(status: status, text: String(decoding: body.prefix(4096), as: UTF8.self))
  }
}
