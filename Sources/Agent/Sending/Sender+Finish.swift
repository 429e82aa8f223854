import Samples
package import Spool

extension Sender {
  /// Takes the outcome of a request. `step` then says what to do next.
  package func finish(_ id: UInt64, _ result: SendResult, _ spool: Spool, now: Moment) {
    var found: (flight: Flight, sentAt: Int64, isProbe: Bool)?
    for flight in flights {
      if case .sent(id, let sentAt, let isProbe) = flight.state { found = (flight, sentAt, isProbe) }
    }
    guard let (flight, sentAt, isProbe) = found else { return }
    flight.state = .waiting(until: now.monotonic)
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
    note(spool)
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
    let kind = AnswerClass(status: answer.status)
    if kind != .accepted { path.noteError(answer.text, now) }
    switch kind {
    case .accepted:
      successes += 1
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
    case .misdirected, .unsupported:
      retry(flight, .refusedAccess, isProbe: isProbe, retryAfter: nil, now)
    case .internalError:
      suspect(flight, answer, isProbe: isProbe, retryAfter: retryAfter, spool, now)
    }
  }

  /// The receiver answers: whoever waited for that goes on, the backlog after a moment of this node's own.
  private func reached(_ now: Moment) {
    if !path.isClear {
      backlogStart = now.monotonic + Self.phase(configuration, &generator)
      backlogLimit.restart()
    }
    path.succeeded(now)
  }

  private func noteLatency(_ latency: Int64, _ flight: Flight, _ now: Moment) {
    if flight.lane == .backlog {
      backlogLimit.succeeded(latency: latency, max: backlogShardsMax, now: now.monotonic)
    } else if latency > max(1000, configuration.scrapeInterval / 2) {
      backlogLimit.halve(now: now.monotonic)
    }
  }

  private func retry(
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

  /// A 500 is retried like any other 5xx. But where it comes again and again for one request while others get through, the request has
  /// something in it that the receiver stumbles over (Prometheus 2.42 answers so to a duplicate label, and to what is too old), and
  /// it is taken apart like a refused one. A message that stands alone is given up only after others got through between its tries.
  private func suspect(
    _ flight: Flight,
    _ answer: Answer,
    isProbe: Bool,
    retryAfter: Int64?,
    _ spool: Spool,
    _ now: Moment
  ) {
    if flight.internalErrors == 0 { flight.successesBefore = successes }
    flight.internalErrors += 1
    let others = successes - flight.successesBefore
    let isAlone = flight.search.map { $0.next?.count == 1 } ?? (flight.sampleCount + flight.itemCount == 1)
    let isPoison =
      isAlone
      ? flight.internalErrors >= Suspicion.aloneCount && others >= Suspicion.aloneSuccesses
        || flight.internalErrors >= Suspicion.aloneCountMax && (others > 0 || flight.hasProgressed)
      : flight.isSuspect
        || flight.internalErrors >= Suspicion.count && others > 0
        || flight.internalErrors >= Suspicion.countMax
    if isPoison {
      flight.isSuspect = true
      path.countFailure()
      decide(flight, answer, isAccepted: false, spool, now)
      return
    }
    flight.attempt += 1
    counters.retriedSamples += UInt64(flight.currentSampleCount)
    path.countFailure()
    if path.consecutiveFailures >= Suspicion.pathFailures || !path.isClear {
      path.failed(.server, isProbe: isProbe, retryAfter: retryAfter, configuration, now, using: &generator)
    }
    let wait = configuration.backoff.delay(flight.attempt - 1, using: &generator)
    flight.state = .waiting(until: now.monotonic + max(wait, retryAfter ?? 0))
  }
}

/// After how many answers of 500 what is done.
private enum Suspicion {
  /// For a request, while others got through.
  static let count = 3
  /// For a request, where no other could be sent.
  static let countMax = 6
  /// For a message alone, with so many other successes since the first.
  static let aloneCount = 4
  static let aloneSuccesses: UInt64 = 3
  /// For a message alone, where parts of its own request got through.
  static let aloneCountMax = 6
  /// In a row, of any requests: then it is the receiver.
  static let pathFailures = 3
}

/// An answer, with what is read of it.
struct Answer {
  let status: Int
  let headers: [(name: String, value: String)]
  let body: [UInt8]

  /// By a name in lower case.
  func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value }

  /// For people: the status and the beginning of the body.
  var text: String {
    let text = String(decoding: body.prefix(DeadLetter.detailByteCountMax), as: UTF8.self)
    return DeadLetter.bounded(text.isEmpty ? "HTTP \(status)" : "HTTP \(status): \(text)")
  }

  var reason: RefusalReason {
    RefusalReason(status: status, text: String(decoding: body.prefix(4096), as: UTF8.self))
  }
}
