import Samples
import Spool

extension Sender {
  /// What is sent now was taken, or refused for good.
  func decide(_ flight: Flight, _ answer: Answer, isAccepted: Bool, _ spool: Spool, _ now: Moment) {
    guard flight.search != nil || !isAccepted else {
      credit(flight, 0..<flight.sampleCount, refused: nil)
      return complete(flight, spool)
    }
    if !isAccepted { flight.refusal = answer }
    let messages = messages(of: flight)
    if flight.search == nil {
      flight.search = PoisonSearch(count: messages.count, isMostlyRefused: isMostlyRefused)
    }
    let decisions =
      isAccepted
      ? flight.search?.accept()
      : flight.search?.refuse { messages.isFirstOfSeries($0, in: $1) }
    if isAccepted { flight.hasProgressed = true }
    if flight.isSuspect, let count = flight.search?.contradictions, count > flight.contradictions {
      flight.contradictions = count
      lastFlip = now.monotonic
    }
    // A part that is taken may settle what was refused before.
    let answer = flight.refusal ?? answer
    for decision in decisions ?? [] { apply(decision, flight, messages, answer, now) }
    if let most = flight.refusedMax, flight.refusedSamples >= most {
      for decision in flight.search?.acceptRest() ?? [] { apply(decision, flight, messages, answer, now) }
    }
    goOn(flight, messages, spool, now)
  }

  /// Sends the next part of a request that is being taken apart.
  func goOn(_ flight: Flight, _ messages: RequestMessages, _ spool: Spool, _ now: Moment) {
    guard let next = flight.search?.next else {
      isMostlyRefused = flight.search?.endedMostlyRefused ?? false
      return complete(flight, spool)
    }
    flight.partBody = Self.compressed(messages.body(next))
    flight.partSampleCount = messages.sampleCount(next)
    flight.beginPart()
    flight.state = .waiting(until: now.monotonic)
  }

  private func apply(
    _ decision: PoisonSearch.Decision,
    _ flight: Flight,
    _ messages: RequestMessages,
    _ answer: Answer,
    _ now: Moment
  ) {
    let samples = messages.samplesBefore[decision.range.lowerBound]..<messages.samplesBefore[decision.range.upperBound]
    credit(flight, samples, refused: decision.isAccepted ? nil : answer.reason)
    guard !decision.isAccepted else { return }
    flight.refusedSamples += samples.count
    for index in decision.range { setAside(messages, index, answer, isGivenUp: decision.isGivenUp, now) }
  }

  private func setAside(
    _ messages: RequestMessages,
    _ index: Int,
    _ answer: Answer,
    isGivenUp: Bool,
    _ now: Moment
  ) {
    let samples: [RequestMessages.Sample]
    do throws(ByteReader.Malformed) { samples = try messages.samples(index) } catch {
      preconditionFailure("BUG: a request of ours that can't be read")
    }
    for sample in samples {
      outbox.append(
        .deadLetter(
          DeadLetter(
            time: now.wall,
            destination: configuration.destination,
            reason: answer.reason,
            status: answer.status,
            detail: String(decoding: answer.body.prefix(DeadLetter.detailByteCountMax), as: UTF8.self),
            isGivenUp: isGivenUp,
            sample: sample
          )
        )
      )
    }
  }

  static func compressed(_ body: borrowing ByteBuffer) -> [UInt8] {
    var compressed = ByteBuffer()
    SnappyBlock.compress(body.span, into: &compressed)
    return compressed.array
  }

  /// The request taken apart.
  func messages(of flight: Flight) -> RequestMessages {
    if let messages = flight.messages { return messages }
    do {
      let bytes = try SnappyBlock.decompress(flight.body, byteCountMax: .max)
      let messages = try RequestMessages(bytes, isVersion2: flight.version == .v2)
      flight.messages = messages
      requestsTakenApart += 1
      return messages
    } catch {
      preconditionFailure("BUG: a request of ours that can't be read: \(error)")
    }
  }

  /// 413: half as much, and never again as much as this.
  func shrink(_ flight: Flight, _ answer: Answer, _ spool: Spool, _ now: Moment) {
    let messages = messages(of: flight)
    if flight.search == nil {
      flight.search = PoisonSearch(count: messages.count, isMostlyRefused: false)
    }
    guard let count = flight.search?.next?.count, count > 1 else {
      return decide(flight, answer, isAccepted: false, spool, now)
    }
    samplesPerSendMax = max(min(samplesPerSendMax, count / 2), 1)
    flight.search?.halve()
    goOn(flight, messages, spool, now)
  }

  /// The whole request is set aside as it is.
  func giveUp(_ flight: Flight, _ answer: Answer, _ spool: Spool, _ now: Moment) {
    let messages = messages(of: flight)
    let rest = flight.search?.undecided ?? [0..<messages.count]
    for range in rest {
      apply(.init(range: range, isAccepted: false, isGivenUp: true), flight, messages, answer, now)
    }
    complete(flight, spool)
  }
}
