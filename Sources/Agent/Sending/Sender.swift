import Samples
public import Spool

/// Sends what the spool holds to one destination. A state machine: it is told what happened and what time it is, and says what to do;
/// `step` after data was committed, after `finish`, and when `nextWake` comes.
///
///     live     records as they come in; behind by more than a scrape, it leaves the old ones to the backlog and goes on with the new
///     backlog  everything else that isn't settled, oldest first, at a bounded rate and only as wide as live data doesn't suffer
///
/// Where the receiver takes nothing out of order there is one lane, oldest first.
///
/// A request covers a run of records. It keeps its samples until what became of each of them is settled with the spool, which is the
/// only place that counts. Memory holds a compressed body for each request, and no more requests than `maxShards`.
public final class Sender {
  var configuration: SenderConfiguration
  /// Its name, which the spool knows it by.
  public var destination: String { configuration.destination }
  var generator: SeededGenerator
  var live: LaneFeed
  var backlog: LaneFeed
  private let texts = RecurringTexts()
  var settlements: Settlements
  var marks: LiveMarks
  var path = PathHealth()
  var backlogLimit = ConcurrencyLimit()
  var bucket: TokenBucket
  var serverClock = ServerClock()
  /// In the order of their numbers.
  var flights: [Flight] = []
  var nextFlight: UInt64 = 1
  var nextRequest: UInt64 = 1
  /// What finish() found to do.
  var outbox: [SendAction] = []
  var successes: UInt64 = 0
  /// When a sample was set aside that was answered with 500.
  var lastConviction: Int64?
  /// When a request was taken that had been answered with 500 before.
  var lastFlip: Int64?
  var samplesPerSendMax: Int
  /// What new requests are written in.
  var version: RemoteWriteVersion
  /// When 2.0 is tried again, after the receiver took it for something it doesn't know.
  var version2RetryAt: Int64?
  /// Whether the receiver has answered a 2.0 request as only a receiver of 2.0 does.
  var isVersion2Confirmed = false
  /// Whether hardly anything of the request that was refused last was taken.
  var isMostlyRefused = false
  /// Requests that were taken apart to look for what is refused: once each, not for each part.
  public internal(set) var requestsTakenApart = 0
  /// A node's own moment to begin with its backlog, so that a fleet doesn't begin at once.
  var backlogStart: Int64
  var lastPartialSend: Int64
  /// When samples that are ahead of the receiver's clock may go.
  var heldUntil: Int64?
  var lastProbed: UInt64 = 0
  /// When the request was sent whose answer is being looked at.
  var answeredSentAt: Int64 = 0
  /// When a bare connection failed last: what was on the wire then may be lost.
  private var lastFailedConnection: Int64?
  var counters = SenderStatus()
  /// Of the ledger's `queued`, as of the last `step` or `finish`.
  var queued = LaneCounts()
  /// With one lane: whether the last request was of old data.
  var isBehind = false
  /// The lanes changed: what is on its way goes first.
  var isChangingLanes = false
  /// When `step` should be called at the latest, if nothing else happens. Monotonic, in milliseconds.
  public var nextWake: Int64?

  /// - Parameter seed: another one for each node: it decides when each of a fleet tries again.
  public init(_ configuration: SenderConfiguration, seed: UInt64, spool: Spool, now: Moment) {
    self.configuration = configuration
    var generator = SeededGenerator(seed: seed)
    let end = spool.writtenPosition
    let name = configuration.destination
    guard let atEnd = spool.makeReader(name, atEnd: true), let atStart = spool.makeReader(name) else {
      preconditionFailure("BUG: the spool doesn't know the destination \(name)")
    }
    if configuration.acceptsOutOfOrder {
      live = LaneFeed(atEnd, texts)
      backlog = LaneFeed(atStart, texts)
    } else {
      live = LaneFeed(atStart, texts)
      backlog = LaneFeed(atEnd, texts)
    }
    settlements = Settlements(destination: name)
    marks = LiveMarks(start: end)
    bucket = TokenBucket(rate: configuration.drainRate, now: now.monotonic)
    samplesPerSendMax = configuration.maxSamplesPerSend
    version = configuration.protocol
    backlogStart = now.monotonic + Self.phase(configuration, &generator)
    lastPartialSend = now.monotonic - configuration.linger
    self.generator = generator
    nextWake = now.monotonic
    note(spool, now: now)
  }

  static func phase(_ configuration: SenderConfiguration, _ generator: inout SeededGenerator) -> Int64 {
    Int64.random(in: 0...configuration.backlogSpread, using: &generator)
  }

  /// Looks at the spool and the clock, and says what to do.
  public func step(_ spool: Spool, now: Moment) -> [SendAction] {
    var actions: [SendAction] = []
    swap(&actions, &outbox)
    let monotonic = now.monotonic
    marks.note(spool.writtenPosition, ageMax: configuration.liveAgeMax, now: monotonic)
    bucket.fill(now: monotonic)
    heldUntil = nil
    retryVersion2(now)
    if path.takePathProbe(configuration, now, using: &generator) { actions.append(.probePath) }
    if isChangingLanes, flights.isEmpty { changeLanes(spool) }
    keepLive(spool)
    letGoOfDropped(spool)
    if path.isClear {
      resume(now, &actions)
      sendLive(spool, now, &actions)
      sendBacklog(spool, now, &actions)
      askForTime(now, &actions)
    } else {
      sendProbe(spool, now, &actions)
    }
    settleLosses(spool)
    if !outbox.isEmpty {
      actions += outbox
      outbox.removeAll()
    }
    note(spool, now: now)
    nextWake = wake(now)
    return actions

    /// Live data that has become old is left to the backlog.
    func keepLive(_ spool: Spool) {
      guard configuration.acceptsOutOfOrder, !live.isAmidRecord, !isChangingLanes else { return }
      let old = marks.position(olderThan: configuration.liveAgeMax, now: monotonic)
      guard live.position.sequence < old.sequence else { return }
      if live.draftCount > 0, let request = live.finishDraft() { launch(request, isLiveFeed: true) }
      live.jump(
        to: marks.position(olderThan: configuration.scrapeInterval, now: monotonic),
        spool,
        configuration.destination
      )
    }
  }

  /// A connection to the receiver worked: the request that waits may go at once, and those that were on the wire when none worked go again.
  public func pathProbeSucceeded(now: Moment) {
    path.connectionWorked(now)
    if let failed = lastFailedConnection { giveUp(sentBefore: failed, now) }
    lastFailedConnection = nil
    nextWake = now.monotonic
  }

  public func pathProbeFailed(now: Moment) { lastFailedConnection = now.monotonic }

  /// Sends again what is on a connection that is most likely dead: its packets come again ever more rarely, and its timeout may be far.
  func giveUp(sentBefore time: Int64, _ now: Moment) {
    for flight in flights {
      guard case .sent(let id, let at, _) = flight.state, at < time else { continue }
      outbox.append(.cancel(id))
      flight.attempt += 1
      flight.state = .waiting(until: now.monotonic)
      counters.retriedSamples += UInt64(flight.currentSampleCount)
    }
  }

  /// Takes a new model. What is queued and what is on its way stays.
  public func reconfigure(_ configuration: SenderConfiguration, now: Moment) {
    precondition(configuration.destination == self.configuration.destination, "BUG: a sender of another destination")
    if configuration.acceptsOutOfOrder != self.configuration.acceptsOutOfOrder { isChangingLanes = true }
    self.configuration = configuration
    samplesPerSendMax = configuration.maxSamplesPerSend
    version = configuration.protocol
    version2RetryAt = nil
    isVersion2Confirmed = false
    bucket.rate = configuration.drainRate
    nextWake = now.monotonic
  }

  /// Each lane begins anew, once nothing is on its way that it would have to go around.
  private func changeLanes(_ spool: Spool) {
    let name = configuration.destination
    guard let atEnd = spool.makeReader(name, atEnd: true), let atStart = spool.makeReader(name) else { return }
    live.rest(spool)
    backlog.rest(spool)
    if configuration.acceptsOutOfOrder {
      live = LaneFeed(atEnd, texts)
      backlog = LaneFeed(atStart, texts)
    } else {
      live = LaneFeed(atStart, texts)
      backlog = LaneFeed(atEnd, texts)
    }
    isChangingLanes = false
  }

  func withFeed<Result>(_ isLive: Bool, _ body: (inout LaneFeed) -> Result) -> Result {
    isLive ? body(&live) : body(&backlog)
  }
}
