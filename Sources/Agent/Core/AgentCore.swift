import Model
public import Samples
public import Spool

/// The agent as one state machine: it is told what came in and what time it is, and says what to do (`AgentAction`). It owns the
/// spool, the series and the senders; whoever drives it, a loop over real sockets or a simulation, only performs the actions.
///
///     scrapes, remote write ──► table, spool ──commit──► senders ──► destinations
///                                              └──► answers to remote write
public final class AgentCore {
  public private(set) var configuration: AgentConfiguration
  public let spool: Spool
  var table: SeriesTable
  var commits: CommitSchedule
  var senders: [Sender]
  var checks: [GapCheck]
  var detector: PartitionDetector
  var receiver: WriteReceiver
  var scraper: Scraper
  var discoveries: [LiveDiscovery] = []
  /// The number of the last discovery that began.
  var lastDiscovery: UInt64 = 0
  /// Requests that are answered when what they brought is as safe as the model asks for, in the order they came.
  var waiting: [WaitingWrite] = []
  var outbox: [AgentAction] = []
  var counters: AgentCounters
  private var nextCursorSync: Int64
  /// Monotonic.
  var nextSweep: Int64
  /// Monotonic.
  private var nextTrace: Int64

  /// The centre's place among the destinations.
  public static let centre = 0

  /// What the receiver's samples are called among the spool's streams; targets count from the next.
  static let receiverStream: UInt32 = 0

  /// - Parameters:
  ///   - spool: opened with `configuration.spool`.
  ///   - key: of the tables' hashes, which nobody outside may know.
  ///   - seed: another one for each node.
  public init(
    _ configuration: AgentConfiguration,
    spool: Spool,
    key: KeyedHash.Key,
    seed: UInt64,
    now: Moment
  ) {
    self.configuration = configuration
    self.spool = spool
    table = SeriesTable(key: key)
    let senders = configuration.senders.map { Sender($0, seed: seed, spool: spool, now: now) }
    self.senders = senders
    counters = AgentCounters(destinationCount: senders.count, now: now)
    commits = CommitSchedule(
      configuration.durability,
      fsyncIntervalMilliseconds: configuration.fsyncIntervalMilliseconds
    )
    checks = configuration.syncs.map { GapCheck($0, seed: seed, now: now) }
    detector = PartitionDetector(configuration.detector, now: now)
    receiver = WriteReceiver(stream: Self.receiverStream, key: key)
    scraper = Scraper(configuration.scraperSettings(hashKey: key, firstStream: Self.receiverStream + 1))
    nextSweep = now.monotonic
    nextTrace = now.monotonic
    nextCursorSync = now.monotonic + configuration.fsyncIntervalMilliseconds
  }

  /// The names of the queues, the centre's first.
  public var destinations: [String] { senders.map(\.destination) }

  /// Begins to scrape what the model names.
  public func start(now: Moment) { takeJobs(now: now) }

  /// Does what is due, and says what to do. To be called after anything was told, and at `nextWake`.
  public func step(now: Moment) -> [AgentAction] {
    discover(now: now)
    for action in scraper.step(now: now, table: &table) { perform(action, now: now) }
    commit(now: now)
    sweepSeries(now: now)
    let wake = detector.wake(now: now)
    for event in wake.events { outbox.append(.event(event)) }
    if let check = wake.check { outbox.append(.checkHealth(number: check)) }
    for index in senders.indices {
      for action in senders[index].step(spool, now: now) { perform(action, of: index) }
    }
    keepCursors(now: now)
    compare(now: now)
    traceQueues(now: now)
    defer { outbox = [] }
    return outbox
  }

  private func perform(_ action: SendAction, of destination: Int) {
    switch action {
    case .send(let request): outbox.append(.send(destination: destination, request))
    case .cancel(let id): outbox.append(.cancelSend(destination: destination, id: id))
    case .probePath:
      outbox.append(.probePath(destination: destination))
    case .deadLetter(let letter): outbox.append(.deadLetter(letter))
    }
  }

  /// When `step` should be called at the latest, in monotonic milliseconds.
  public var nextWake: Int64 {
    var next = spool.hasUnstoredCursors ? min(detector.nextWake, nextCursorSync) : detector.nextWake
    next = min(next, commits.nextWake ?? .max, scraper.nextWake ?? .max)
    for live in discoveries { next = min(next, live.discovery.nextStep ?? .max) }
    for sender in senders { next = min(next, sender.nextWake ?? .max) }
    for index in checks.indices { next = min(next, checks[index].nextWake ?? .max) }
    return next
  }

  /// What was settled is in the file at once, and on the disk after the model's interval.
  private func keepCursors(now: Moment) {
    do throws(FileError) {
      if now.monotonic >= nextCursorSync {
        nextCursorSync = now.monotonic + configuration.fsyncIntervalMilliseconds
        try spool.storeCursors()
      } else {
        try spool.writeCursors()
      }
    } catch {
      // Where the cursors are doesn't decide what is kept: after a crash more is sent twice.
      counters.cursorFailures += 1
    }
  }

  /// At most once a second: what is shown of it is no finer.
  private func traceQueues(now: Moment) {
    guard now.monotonic >= nextTrace else { return }
    nextTrace = now.monotonic + QueueTrace.finestStep
    for index in senders.indices {
      guard let queued = spool.queuedSamples(senders[index].destination) else { continue }
      counters.destinations[index].trace.add(queued, now: now.monotonic)
    }
  }

  /// Takes a new model. What runs goes on as it is where that is possible.
  /// - Returns: settings that change only with a new start.
  public func reconfigure(_ new: AgentConfiguration, now: Moment) -> [String] {
    var restart = configuration.settingsThatNeedRestart(new)
    configuration = new
    commits.reconfigure(new.durability, fsyncIntervalMilliseconds: new.fsyncIntervalMilliseconds)
    // Queues come and go with a start; one that the model lost goes on as it was until then.
    if new.spool.destinations != destinations { restart.append(Destination.section) }
    for sender in senders {
      guard let configuration = new.senders.first(where: { $0.destination == sender.destination }) else { continue }
      sender.reconfigure(configuration, now: now)
    }
    for index in checks.indices {
      guard let sync = new.syncs.first(where: { $0.destination == destinations[index] }) else { continue }
      checks[index].reconfigure(sync, now: now)
    }
    detector.reconfigure(new.detector)
    takeJobs(now: now)
    return restart
  }

  /// Makes everything durable that was taken in, for an end in order. The senders' work is left as it stands.
  public func close(now: Moment) throws(SpoolError) {
    try spool.close(table: table, now: now.wall)
  }
}

/// A remote-write request whose samples are in the spool and not yet safe.
struct WaitingWrite {
  let token: UInt64
  /// One past its last record.
  let end: UInt64
  let summary: WriteSummary
}
