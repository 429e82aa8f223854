import Samples

/// Sends chosen ranges again: one request at a time, at a bounded rate, and apart where the centre refuses some of it.
struct Refill {
  enum Step {
    case read(ReadOrder)
    case send(SendRequest)
    /// Nothing before that time; monotonic.
    case wait(until: Int64)
    case done
    /// The centre can't be had; in words.
    case failed(String)
  }

  private enum State {
    case reading
    case ready(notBefore: Int64)
    case sent(UInt64)
    case over
    case failed(String)
  }

  /// Tries of one request.
  private static let triesMax = 6
  /// Requests that a refused one is taken apart into, before what is left of it counts as refused.
  private static let partCountMax = 64

  let plan: RefillPlan
  private let configuration: SyncConfiguration
  private var state = State.reading
  private var hasAskedToRead = false
  private var isFirstRead = true
  private var batch = ReplayBatch()
  private var messages: RequestMessages?
  private var parts: [Range<Int>] = []
  private var partCount = 0
  private var tries = 0
  /// Samples that the centre acknowledged, refused, and that couldn't be read.
  private(set) var acknowledged: UInt64 = 0
  private(set) var refused: UInt64 = 0
  private(set) var unreadable: UInt64 = 0
  /// What the centre said first of what it refused.
  private(set) var refusal: RefusalReason?

  init(_ plan: RefillPlan, _ configuration: SyncConfiguration) {
    self.plan = plan
    self.configuration = configuration
  }

  /// What to do next, where nothing is on its way.
  mutating func step(_ number: UInt64, _ bucket: inout TokenBucket, isClear: Bool, now: Moment) -> Step? {
    switch state {
    case .reading:
      if hasAskedToRead { return nil }
      hasAskedToRead = true
      defer { isFirstRead = false }
      return .read(ReadOrder(destination: configuration.destination, plan: isFirstRead ? plan : nil))
    case .ready(let notBefore):
      bucket.fill(now: now.monotonic)
      let ready = max(notBefore, bucket.readyAt)
      if ready > now.monotonic { return .wait(until: ready) }
      // What is fresh and what waits in the queue goes first.
      if !isClear { return .wait(until: now.monotonic + Self.pause) }
      guard let messages, let part = parts.last else { return nil }
      let count = messages.sampleCount(part)
      bucket.take(count)
      state = .sent(number)
      return .send(
        SendRequest(
          id: number,
          lane: .backlog,
          body: SnappyBlock.compress(messages.body(part).array),
          sampleCount: count,
          itemCount: 0,
          protocol: .v1,
          attempt: tries
        )
      )
    case .sent: return nil
    case .over: return .done
    case .failed(let text): return .failed(text)
    }
  }

  private static let pause: Int64 = 500

  mutating func take(_ read: ReplayBatch, now: Moment) {
    guard case .reading = state else { return }
    hasAskedToRead = false
    if let failure = read.failure {
      state = .failed(failure)
      return
    }
    unreadable += read.unreadableSamples
    batch = read
    guard read.sampleCount > 0 else {
      state = read.isLast ? .over : .reading
      return
    }
    do throws(ByteReader.Malformed) { messages = try RequestMessages(read.message, isVersion2: false) } catch {
      preconditionFailure("BUG: a request of ours that can't be read")
    }
    parts = [0..<(messages?.count ?? 0)]
    partCount = 0
    tries = 0
    state = .ready(notBefore: now.monotonic)
  }

  /// - Returns: samples that are at the centre now.
  mutating func finish(_ id: UInt64, _ result: SendResult, using generator: inout SeededGenerator, now: Moment) -> Int {
    guard case .sent(id) = state, let messages, let part = parts.last else { return 0 }
    let problem: String
    switch result {
    case .failed(let failure): problem = "\(failure.kind.rawValue): \(failure.message)"
    case .answered(let status, let headers, let body):
      let answer = Answer(status: status, headers: headers, body: body)
      switch AnswerClass(status: status) {
      case .accepted:
        let count = messages.sampleCount(part)
        acknowledged += UInt64(count)
        parts.removeLast()
        goOn(now)
        return count
      case .refused, .tooLarge:
        refuse(part, messages, answer, now)
        return 0
      case .internalError, .unavailable, .overloaded, .misdirected, .unsupported: problem = answer.text
      }
    }
    tries += 1
    if tries >= Self.triesMax {
      state = .failed(DeadLetter.bounded(problem))
    } else {
      let pause = configuration.backoff.initial + configuration.backoff.delay(tries, using: &generator)
      state = .ready(notBefore: now.monotonic + pause)
    }
    return 0
  }

  private mutating func refuse(_ part: Range<Int>, _ messages: RequestMessages, _ answer: Answer, _ now: Moment) {
    parts.removeLast()
    if refusal == nil { refusal = answer.reason }
    partCount += 1
    if part.count > 1, partCount < Self.partCountMax {
      let middle = part.lowerBound + part.count / 2
      parts += [middle..<part.upperBound, part.lowerBound..<middle]
    } else {
      refused += UInt64(messages.sampleCount(part))
    }
    goOn(now)
  }

  private mutating func goOn(_ now: Moment) {
    tries = 0
    if !parts.isEmpty {
      state = .ready(notBefore: now.monotonic)
    } else {
      state = batch.isLast ? .over : .reading
    }
  }
}
