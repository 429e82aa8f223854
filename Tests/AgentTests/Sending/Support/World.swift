import Agent
import Samples
import Spool
import SpoolTestSupport
import Testing

/// A node and its centre on a clock of their own: collects, commits, and does what the sender asks for.
final class World {
  static let epoch: Int64 = 1_750_000_000_000

  let receiver = Receiver()
  var configuration: SenderConfiguration
  private(set) var fileSystem: SimulatedFileSystem
  private(set) var spool: Spool
  private(set) var sender: Sender
  private(set) var table = SeriesTable(key: KeyedHash.Key(1, 2))
  /// Milliseconds of the monotonic clock.
  private(set) var now: Int64 = 1000
  /// How far the machine's wall clock is off.
  var clockError: Int64 = 0
  /// Whether a bare connection to the receiver works.
  var connects = true
  private(set) var collected: [Key: UInt64] = [:]
  private(set) var deadLetters: [DeadLetter] = []
  private(set) var pathProbes: [Int64] = []
  private(set) var inFlightMax = 0
  private(set) var steps = 0
  /// Settled and stored, for a restart: what isn't stored comes twice.
  var storesCursors = true
  private var random: SeededGenerator
  private var answers: [(time: Int64, id: UInt64, result: SendResult)] = []
  private var probes: [Int64] = []
  private var inFlight = 0
  private let seed: UInt64
  private let spoolConfiguration: SpoolConfiguration

  init(
    _ configuration: SenderConfiguration = SenderConfiguration(destination: "central"),
    seed: UInt64 = 1,
    spoolByteCountMax: Int = 64 << 20
  ) throws {
    self.configuration = configuration
    self.seed = seed
    random = SeededGenerator(seed: seed)
    fileSystem = SimulatedFileSystem()
    spoolConfiguration = SpoolConfiguration(byteCountMax: spoolByteCountMax, destinations: [configuration.destination])
    spool = try Spool(fileSystem, spoolConfiguration)
    sender = Sender(
      configuration,
      seed: seed,
      spool: spool,
      now: Moment(monotonic: 1000, wall: Self.epoch + 1000)
    )
    receiver.clockOffset = Self.epoch
  }

  var moment: Moment { Moment(monotonic: now, wall: Self.epoch + now + clockError) }
  var ledger: Ledger { spool.ledger(configuration.destination)! }

  /// One scrape of one target: so many series, all at the present.
  func collect(target: Int = 0, series count: Int, at timestamp: Int64? = nil, badSeries: Set<Int> = []) throws {
    var batch = SampleBatch(stream: UInt32(target))
    let time = timestamp ?? moment.wall
    for number in 0..<count {
      var labels = [("__name__", "metric_\(number)"), ("instance", "t\(target)")]
      if badSeries.contains(number) { labels.append(("poison", "1")) }
      batch.references.append(table.intern(LabelSet(labels)))
      batch.values.append(Double(Int.random(in: 0..<1_000_000, using: &random)).bitPattern)
    }
    batch.timestamps = [time]
    try add(batch)
  }

  func add(_ batch: SampleBatch) throws {
    for index in batch.references.indices {
      let key = Key(series: text(table.labels(batch.references[index])), timestamp: batch.timestamp(index))
      collected[key] = batch.values[index]
    }
    _ = try spool.append(batch)
    try spool.commit(table: table, now: moment.wall, synchronizing: true)
    try step()
  }

  /// The series of a batch, for tests that build their own.
  func series(_ labels: [(String, String)]) -> SeriesReference { table.intern(LabelSet(labels)) }

  func step() throws {
    steps += 1
    for action in sender.step(spool, now: moment) {
      switch action {
      case .send(let request):
        inFlight += 1
        inFlightMax = max(inFlightMax, inFlight)
        let (result, latency) = receiver.take(request, now: now)
        answers.append((now + latency, request.id, result))
      case .probePath:
        pathProbes.append(now)
        if connects { probes.append(now + 1) } else { sender.pathProbeFailed(now: moment) }
      case .cancel(let id):
        inFlight -= answers.count { $0.id == id }
        answers.removeAll { $0.id == id }
      case .deadLetter(let letter): deadLetters.append(letter)
      }
    }
    if storesCursors { try spool.writeCursors() }
    #expect(ledger.isBalanced, "seed \(seed) at \(now)")
    if let wake = sender.nextWake { #expect(wake >= now, "seed \(seed): a wake in the past") }
  }

  /// Lets time pass.
  func run(until end: Int64, stepMax: Int = 20_000) throws {
    let limit = steps + stepMax
    while steps < limit {
      let times = ([sender.nextWake] + answers.map { $0.time } + probes).compactMap { $0 }
      guard let next = times.min(), next <= end else { break }
      now = max(now, next)
      for time in probes where time <= now { _ = time; sender.pathProbeSucceeded(now: moment) }
      probes.removeAll { $0 <= now }
      let due = answers.filter { $0.time <= now }
      answers.removeAll { $0.time <= now }
      for answer in due {
        inFlight -= 1
        sender.finish(answer.id, answer.result, spool, now: moment)
      }
      try step()
    }
    guard steps < limit else { throw Restless(seed: seed, wake: sender.nextWake) }
    now = max(now, end)
  }

  func run(for duration: Int64, stepMax: Int = 20_000) throws { try run(until: now + duration, stepMax: stepMax) }

  /// The sender asks to be called again and again.
  struct Restless: Error {
    let seed: UInt64
    let wake: Int64?
  }

  /// Scrapes of all targets, spread over each interval.
  func scrape(targets: Int, series: Int, times: Int, interval: Int64 = 15_000) throws {
    for _ in 0..<times {
      for target in 0..<targets {
        try collect(target: target, series: series)
        try run(for: interval / Int64(targets))
      }
    }
  }

  /// The process ends without a word and begins again.
  func restart(powerCut: Bool = false) throws {
    fileSystem = powerCut ? fileSystem.crashed(&random) : fileSystem.killed()
    answers.removeAll()
    probes.removeAll()
    inFlight = 0
    if configuration.acceptsOutOfOrder { receiver.forgetOrder() }
    table = SeriesTable(key: KeyedHash.Key(1, 2))
    spool = try Spool(fileSystem, spoolConfiguration)
    sender = Sender(configuration, seed: random.next(), spool: spool, now: moment)
  }

  func reconfigure(_ configuration: SenderConfiguration) {
    self.configuration = configuration
    sender.reconfigure(configuration, now: moment)
  }

  /// Each sample is in exactly one place, and as it was collected.
  func check(isDrained: Bool = true, _ comment: Comment? = nil) {
    #expect(receiver.violations.isEmpty, comment ?? "seed \(seed)")
    for violation in receiver.violations.prefix(3) { Issue.record("seed \(seed): \(violation)") }
    let dead = Set(deadLetters.map { Key(series: text($0.sample.labels), timestamp: $0.sample.timestamp) })
    var missing: [Key] = []
    for (key, bits) in collected {
      if let stored = receiver.stored[key] {
        if stored != bits { Issue.record("seed \(seed): \(key) has the wrong value") }
      } else if !dead.contains(key) {
        missing.append(key)
      }
    }
    #expect(ledger.isBalanced)
    #expect(ledger.collected == UInt64(collected.count), "seed \(seed)")
    #expect(inFlightMax <= configuration.maxShards, "seed \(seed)")
    guard isDrained else { return }
    #expect(missing.isEmpty, "seed \(seed): \(missing.count) missing, such as \(missing.sorted().prefix(2))")
    #expect(ledger.queued == 0, "seed \(seed)")
    #expect(sender.status.pendingSamples == 0, "seed \(seed)")
  }
}

func text(_ labels: [RequestMessages.Label]) -> String { text(labels.map { ($0.name, $0.value) }) }
