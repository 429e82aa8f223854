import Samples
import Spool

/// After how many answers of 500 what is done.
private enum Suspicion {
  /// For a request, while others got through.
  static let count = 3
  /// For a request, where no other could be sent.
  static let countMax = 6
  /// For a message alone, with so many other successes since the first.
  static let aloneCount = 5
  static let aloneSuccesses: UInt64 = 4
  /// For a message alone, where parts of its own request got through.
  static let aloneCountMax = 7
  /// Likewise, where the receiver did so to another of late.
  static let aloneCountLearned = 3
  /// The wait between tries of a message alone grows up to this attempt's, where others get through.
  static let aloneAttemptMax = 2
  /// In a row, of any requests: then it is the receiver.
  static let pathFailures = 3
  /// In a row, where the receiver is known to answer so for a sample's sake.
  static let pathFailuresLearned = 30
  /// For how long that is known. Milliseconds.
  static let learnedPeriod: Int64 = 600_000
  /// How long a receiver that refused something and then took it is believed to do so at random. Milliseconds.
  static let moodPeriod: Int64 = 120_000
}

extension Sender {
  /// A 500 is retried like any other 5xx. But where it comes again and again for one request while others get through, the request has
  /// something in it that the receiver stumbles over (Prometheus 2.42 answers so to a duplicate label, and to what is too old), and
  /// it is taken apart like a refused one. A message that stands alone is given up only after others got through between its tries,
  /// and only by a receiver that is consistent: one that lately took what it had answered with 500 is just ill.
  func suspect(
    _ flight: Flight,
    _ answer: Answer,
    isProbe: Bool,
    retryAfter: Int64?,
    _ spool: Spool,
    _ now: Moment
  ) {
    flight.noteInternalError(successes: successes)
    counters.retriedSamples += UInt64(flight.currentSampleCount)
    // What got through shows that the receiver is there; else it may be down.
    if !flight.hasProgressed { path.countFailure() }
    let failuresMax = hasLearned(now) ? Suspicion.pathFailuresLearned : Suspicion.pathFailures
    if path.consecutiveFailures >= failuresMax || !path.isClear {
      lastConviction = nil
      path.failed(.server, isProbe: isProbe, retryAfter: retryAfter, configuration, now, using: &generator)
    }
    // Who says when to come back has too much to do, and nothing against the samples.
    if retryAfter == nil, isConvicted(flight, now) {
      if flight.aloneIndex != nil { lastConviction = now.monotonic }
      flight.isSuspect = true
      return decide(flight, answer, isAccepted: false, spool, now)
    }
    flight.attempt += 1
    let attempt =
      flight.hasProgressed && path.isClear ? min(flight.attempt - 1, Suspicion.aloneAttemptMax) : flight.attempt - 1
    let wait = max(configuration.backoff.delay(attempt, using: &generator), retryAfter ?? 0)
    guard flight.isSuspect, flight.aloneIndex != nil else {
      flight.state = .waiting(until: now.monotonic + wait)
      return
    }
    // What else is in the request goes first. Whether that gets through is what tells the message from the receiver.
    let messages = messages(of: flight)
    flight.search?.postpone { messages.isSameSeries($0, $1) }
    goOn(flight, messages, spool, now)
    if flight.attempt > 0 { flight.state = .waiting(until: now.monotonic + wait) }
  }

  /// Whether this receiver set a sample aside with 500 of late: then the next is looked for at once.
  private func hasLearned(_ now: Moment) -> Bool {
    lastConviction.map { now.monotonic - $0 < Suspicion.learnedPeriod } ?? false
  }

  private func isConvicted(_ flight: Flight, _ now: Moment) -> Bool {
    if let lastFlip, now.monotonic - lastFlip < Suspicion.moodPeriod { return false }
    guard let index = flight.aloneIndex else {
      let others = successes - flight.internalErrors.successesBefore
      let count = flight.internalErrors.count
      return flight.isSuspect || hasLearned(now) || count >= Suspicion.count && others > 0
        || count >= Suspicion.countMax
    }
    let errors = flight.errorsAlone[index] ?? flight.internalErrors
    let others = successes - errors.successesBefore
    if hasLearned(now), errors.count >= Suspicion.aloneCountLearned, others > 0 || flight.hasProgressed { return true }
    return errors.count >= Suspicion.aloneCount && others >= Suspicion.aloneSuccesses
      || errors.count >= Suspicion.aloneCountMax && (others > 0 || flight.hasProgressed)
  }
}
