import Samples
import Spool

extension Sender {
  /// The first place from another one on whose record is neither settled nor on its way.
  private func free(
    _ position: SpoolPosition,
    _ spool: Spool,
    other open: (UInt64) -> RecordRange?
  ) -> SpoolPosition {
    var place = position
    while true {
      let before = place
      place = spool.openPosition(configuration.destination, from: place)
      if let range = settlements.held(around: place.sequence) ?? open(place.sequence) {
        place = SpoolPosition(sequence: range.end, samplesBefore: range.samplesBefore + range.sampleCount)
      }
      if place == before { return place }
    }
  }

  private var pendingByteCount: Int { flights.reduce(0) { $0 + $1.byteCount } }

  private var hasRoom: Bool {
    flights.isEmpty
      || flights.count < configuration.maxShards && pendingByteCount < configuration.inFlightByteCountMax
  }

  private func bounds(_ now: Moment, lane: Lane, end: UInt64) -> LaneFeed.Bounds {
    LaneFeed.Bounds(
      countMax: samplesPerSendMax,
      byteCountMax: configuration.requestByteCountMax,
      timestamps: TimestampLimits(futureMax: configuration.futureMax, server: serverClock, now: now),
      end: end,
      lane: lane,
      version: version
    )
  }

  private func gather(_ isLive: Bool, _ bounds: LaneFeed.Bounds, _ spool: Spool, _ now: Moment) -> LaneFeed.Stop {
    let stop = isLive ? gatherLive(bounds, spool, now) : gatherBacklog(bounds, spool, now)
    if case .ahead(let difference) = stop {
      heldUntil = min(heldUntil ?? .max, now.monotonic + difference)
    }
    setAside(isLive, spool, now)
    return stop
  }

  // Each changes one lane and looks at the other: two functions, so that no two accesses to a lane ever meet.

  private func gatherLive(_ bounds: LaneFeed.Bounds, _ spool: Spool, _ now: Moment) -> LaneFeed.Stop {
    live.gather(bounds, spool, configuration.destination, now: now) { place in
      free(place, spool) { backlog.tracker.open(around: $0) }
    }
  }

  private func gatherBacklog(_ bounds: LaneFeed.Bounds, _ spool: Spool, _ now: Moment) -> LaneFeed.Stop {
    backlog.gather(bounds, spool, configuration.destination, now: now) { place in
      free(place, spool) { live.tracker.open(around: $0) }
    }
  }

  /// Samples whose timestamps no waiting makes right.
  private func setAside(_ isLive: Bool, _ spool: Spool, _ now: Moment) {
    let (samples, finished) = withFeed(isLive) { feed in
      defer {
        feed.refusals.removeAll()
        feed.finishedHere.removeAll()
      }
      return (feed.refusals, feed.finishedHere)
    }
    for sample in samples {
      outbox.append(
        .deadLetter(
          DeadLetter(
            time: now.wall,
            destination: configuration.destination,
            reason: .other,
            status: 0,
            detail: "timestamp lies in the future",
            isGivenUp: false,
            sample: sample
          )
        )
      )
    }
    settle(finished, isLive, spool)
  }

  /// Makes a request of what was gathered; it waits until it is sent.
  func launch(_ request: LaneFeed.Request, isLiveFeed: Bool) {
    flights.append(
      Flight(
        number: nextFlight,
        lane: request.lane,
        isLiveFeed: isLiveFeed,
        owner: request.owner,
        units: request.units,
        sampleCount: request.sampleCount,
        itemCount: request.itemCount,
        highestTimestamp: request.highestTimestamp,
        version: request.version,
        body: request.body
      )
    )
    nextFlight += 1
  }

  private func send(_ flight: Flight, _ now: Moment, isProbe: Bool, _ actions: inout [SendAction]) {
    if flight.version == .v2, version == .v1 { downgrade(flight) }
    let body = flight.partBody ?? flight.body
    let samples = flight.currentSampleCount
    let request = SendRequest(
      id: nextRequest,
      lane: flight.lane,
      body: body,
      sampleCount: samples,
      itemCount: flight.partBody == nil ? flight.itemCount : 0,
      protocol: flight.version,
      attempt: flight.attempt
    )
    flight.state = .sent(id: nextRequest, at: now.monotonic, isProbe: isProbe)
    nextRequest += 1
    counters.attemptedSamples += UInt64(samples)
    counters.attemptedRequests += 1
    counters.attemptedByteCount += UInt64(body.count)
    actions.append(.send(request))
  }

  /// Sends what waited and needs to no longer: live first, older before newer.
  func resume(_ now: Moment, _ actions: inout [SendAction]) {
    for lane in Lane.allCases {
      for flight in flights where flight.lane == lane {
        // A request that was closed early may be one more than may be on their way.
        guard sentCount < configuration.maxShards else { return }
        if case .waiting(let until) = flight.state, until <= now.monotonic {
          send(flight, now, isProbe: false, &actions)
        }
      }
    }
  }

  private var sentCount: Int { flights.count { $0.isSent } }

  func sendLive(_ spool: Spool, _ now: Moment, _ actions: inout [SendAction]) {
    guard !isChangingLanes else { return }
    while hasRoom {
      let lane = laneOfLive(now)
      // At most steps there is nothing new, and what follows costs more than this look.
      if live.isAtEnd(spool.writtenSequence) { return }
      if lane == .backlog, !mayDrain(now) { return }
      let stop = gather(true, bounds(now, lane: lane, end: .max), spool, now)
      guard live.draftCount > 0 else { return }
      if stop == .end, lane == .live, !isDraftDue(now) { return }
      sendDraft(isLive: true, isPartial: stop == .end, spool, now, &actions)
    }
  }

  /// With one lane, what it sends is backlog while it is behind.
  private func laneOfLive(_ now: Moment) -> Lane {
    guard !configuration.acceptsOutOfOrder else { return .live }
    let old = marks.position(olderThan: configuration.liveAgeMax, now: now.monotonic)
    isBehind = live.position.sequence < old.sequence
    return isBehind ? .backlog : .live
  }

  private func sendDraft(
    isLive: Bool,
    isPartial: Bool,
    _ spool: Spool,
    _ now: Moment,
    _ actions: inout [SendAction]
  ) {
    guard let request = withFeed(isLive, { $0.finishDraft() }) else { return }
    if request.lane == .backlog { bucket.take(request.sampleCount) }
    if isPartial { lastPartialSend = now.monotonic }
    launch(request, isLiveFeed: isLive)
    let flight = flights[flights.count - 1]
    // Metadata and exemplars travel with samples only, in 2.0.
    if flight.version == .v2, flight.sampleCount == 0 { return complete(flight, spool) }
    send(flight, now, isProbe: false, &actions)
  }

  /// Whether a request that isn't full should go. One that could go with more soon isn't worth its costs; one a second is.
  private func isDraftDue(_ now: Moment) -> Bool { now.monotonic >= draftDueAt }

  private var draftDueAt: Int64 {
    guard let opened = live.draftOpenedAt else { return .max }
    let isIdle = !flights.contains { $0.isLiveFeed && $0.isSent }
    let deadline = opened + configuration.batchSendDeadline
    return isIdle ? min(lastPartialSend + configuration.linger, deadline) : deadline
  }

  /// Whether the backlog's share allows another request.
  private func mayDrain(_ now: Moment) -> Bool {
    now.monotonic >= backlogStart && bucket.isReady && drainCount < backlogLimit.limit
  }

  private var drainCount: Int { flights.count { $0.lane == .backlog } }

  var backlogShardsMax: Int {
    configuration.acceptsOutOfOrder ? max(configuration.maxShards - 1, 1) : configuration.maxShards
  }

  func sendBacklog(_ spool: Spool, _ now: Moment, _ actions: inout [SendAction]) {
    guard configuration.acceptsOutOfOrder, !isChangingLanes else { return }
    // Live data that had to wait for its turn: the line or the receiver has too much to do.
    let waiting = max(1000, configuration.scrapeInterval / 4)
    if live.position.sequence < marks.position(olderThan: waiting, now: now.monotonic).sequence {
      backlogLimit.halve(now: now.monotonic)
    }
    // At most steps there is no backlog.
    if backlog.isAtEnd(live.position.sequence) { return backlog.rest(spool) }
    while hasRoom, mayDrain(now), drainCount < backlogShardsMax {
      let stop = gather(false, bounds(now, lane: .backlog, end: live.position.sequence), spool, now)
      guard backlog.draftCount > 0 else {
        if stop == .end { backlog.rest(spool) }
        return
      }
      sendDraft(isLive: false, isPartial: false, spool, now, &actions)
    }
  }

  /// Samples wait for the clocks to agree, and nothing else is there to send: an empty request tells what the receiver's clock says now.
  func askForTime(_ now: Moment, _ actions: inout [SendAction]) {
    guard heldUntil != nil, flights.isEmpty, now.monotonic >= serverClock.heardAt + Self.clockPeriod else { return }
    let nothing = LaneFeed.Request(
      owner: 0,
      lane: .live,
      version: version,
      units: [],
      sampleCount: 0,
      itemCount: 0,
      highestTimestamp: .min,
      body: Self.compressed(ByteBuffer())
    )
    launch(nothing, isLiveFeed: true)
    send(flights[0], now, isProbe: false, &actions)
  }

  private static let clockPeriod: Int64 = 60_000

  /// While nothing gets through, one request tries for all: the newest live one, or the oldest where there is one lane. Where it hangs, another
  /// tries beside it after a scrape: the first may be on a connection that is dead while the path is back.
  func sendProbe(_ spool: Spool, _ now: Moment, _ actions: inout [SendAction]) {
    if let next = nextProbeBesideOthers {
      guard now.monotonic >= next else { return }
    }
    guard now.monotonic >= path.nextTry else { return }
    if waiting().isEmpty || isProbeItsOwnTrouble { draftProbe(spool, now) }
    let waiting = waiting()
    let isOneLane = !configuration.acceptsOutOfOrder
    // Another one than last time, if there is another: a request may be its own trouble.
    let others = waiting.filter { $0.number != lastProbed }
    let candidates = others.isEmpty ? waiting : others
    let live = candidates.filter { $0.lane == .live }
    guard let flight = isOneLane ? candidates.first : live.last ?? candidates.first else { return }
    lastProbed = flight.number
    send(flight, now, isProbe: true, &actions)
  }

  /// Whether all that waits is the request that was answered badly last: one of other series would show whether it is the receiver's fault.
  private var isProbeItsOwnTrouble: Bool {
    path.trouble == .server && waiting().allSatisfy { $0.number == lastProbed }
  }

  /// When another request may try while one does; nothing where none does.
  private var nextProbeBesideOthers: Int64? {
    let sent = flights.compactMap { if case .sent(_, let at, isProbe: true) = $0.state { at } else { nil } }
    guard let newest = sent.max() else { return nil }
    // In order means one after the other.
    let mayHang = path.trouble == .transport && configuration.acceptsOutOfOrder && sent.count < Self.probesMax
    return mayHang ? newest + max(configuration.scrapeInterval, 1_000) : .max
  }

  private static let probesMax = 3

  private func waiting() -> [Flight] { flights.filter { !$0.isSent } }

  /// Nothing waits that could try, so something is read.
  private func draftProbe(_ spool: Spool, _ now: Moment) {
    guard hasRoom, !isChangingLanes else { return }
    _ = gather(true, bounds(now, lane: laneOfLive(now), end: .max), spool, now)
    if let request = live.finishDraft() { return launch(request, isLiveFeed: true) }
    guard configuration.acceptsOutOfOrder else { return }
    _ = gather(false, bounds(now, lane: .backlog, end: live.position.sequence), spool, now)
    if let request = backlog.finishDraft() { launch(request, isLiveFeed: false) }
  }

  /// When something will be due, if nothing happens before.
  func wake(_ now: Moment) -> Int64? {
    if !outbox.isEmpty { return now.monotonic }
    var next = path.nextPathProbe ?? .max
    if let heldUntil { next = min(next, heldUntil) }
    // While something is on its way, its answer tells the time.
    if heldUntil != nil, path.isClear, flights.isEmpty { next = min(next, serverClock.heardAt + Self.clockPeriod) }
    if path.isClear {
      for flight in flights { if case .waiting(let until) = flight.state { next = min(next, until) } }
      if hasRoom {
        // With one lane that is behind, a request waits for the backlog's share however old it is.
        let isHeldBack = isBehind && !configuration.acceptsOutOfOrder
        if live.draftCount > 0, !isHeldBack { next = min(next, draftDueAt) }
        if backlogStart > now.monotonic { next = min(next, backlogStart) }
        if !bucket.isReady { next = min(next, bucket.readyAt) }
      }
    } else {
      if path.nextTry > now.monotonic { next = min(next, path.nextTry) }
      if let beside = nextProbeBesideOthers, beside > now.monotonic { next = min(next, beside) }
    }
    return next == .max ? nil : max(next, now.monotonic + 1)
  }
}
