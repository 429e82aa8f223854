import Agent
import Charts
import Model

/// One figure with its name, and a line that says more of it.
struct Figure: Sendable {
  let name: StaticString
  let value: String
  /// Where the value is a state.
  let level: Level?
  let note: String

  init(_ name: StaticString, _ value: String, _ level: Level? = nil, note: String = "") {
    self.name = name
    self.value = value
    self.level = level
    self.note = note
  }
}

extension Figure {
  /// How one destination is.
  static func of(_ queue: QueueSnapshot, _ snapshot: AgentSnapshot) -> [Figure] {
    [
      path(queue, snapshot), waiting(queue, snapshot), drain(queue), room(queue, snapshot), freshness(queue, snapshot),
      ledger(queue),
    ]
  }

  private static func path(_ queue: QueueSnapshot, _ snapshot: AgentSnapshot) -> Figure {
    if let path = queue.path {
      if path.checks.total == 0 { return Figure("Path", "Not checked yet", .idle, note: "counts as connected") }
      let lasted = duration(max(0, snapshot.now.monotonic - path.since.monotonic))
      return Figure("Path", path.state.name, path.state.level, note: "for \(lasted)")
    }
    let sender = queue.sender
    let last = sender.lastSuccess.map { "last taken \(age($0, snapshot.now.wall))" } ?? "nothing taken since the start"
    if sender.failuresInARow > 0 {
      return Figure("Path", "Failing", .bad, note: "\(counted(sender.failuresInARow, "request")) in a row; \(last)")
    }
    if sender.lastSuccess == nil { return Figure("Path", "Not tried yet", .idle, note: last) }
    return Figure("Path", "Delivering", .good, note: last)
  }

  private static func waiting(_ queue: QueueSnapshot, _ snapshot: AgentSnapshot) -> Figure {
    let count = queue.ledger.queued.total
    if count == 0 { return Figure("Waiting", "nothing", note: "all is sent") }
    let oldest = queue.oldestUnsent.map { ", the oldest \(duration(max(0, difference(snapshot.now.wall, $0))))" } ?? ""
    return Figure("Waiting", samples(count), note: size(queue.unsentBytes) + oldest)
  }

  private static func drain(_ queue: QueueSnapshot) -> Figure {
    let name: StaticString = "Caught up"
    let rates = "\(rate(queue.takenPerSecond)) in, \(rate(queue.deliveredPerSecond)) out"
    if queue.isCutOff { return Figure(name, "once it is back", note: rates) }
    switch DrainForecast(queue) {
    case .drained: return Figure(name, "yes", note: rates)
    case .after(let time): return Figure(name, "in \(duration(time))", note: rates)
    case .never where queue.isShrinking: return Figure(name, "not known yet", note: rates)
    case .never: return Figure(name, "not at this rate", note: rates)
    }
  }

  private static func room(_ queue: QueueSnapshot, _ snapshot: AgentSnapshot) -> Figure {
    let share = "of \(size(snapshot.spool.limitBytes)), if nothing is sent"
    switch RoomForecast(queue, snapshot.spool, now: snapshot.now) {
    case .unknown: return Figure("Disk lasts for", "not known yet", note: share)
    case .after(0, _): return Figure("Disk lasts for", "no longer", .bad, note: "the oldest samples go")
    case .after(let time, .disk): return Figure("Disk lasts for", duration(time), note: share)
    case .after(let time, .age):
      return Figure("Disk lasts for", duration(time), note: "then the oldest are too old to be taken")
    }
  }

  private static func freshness(_ queue: QueueSnapshot, _ snapshot: AgentSnapshot) -> Figure {
    let complete = queue.oldestUnsent.map { "all up to \(age($0, snapshot.now.wall))" } ?? "nothing is missing"
    guard let highest = queue.sender.highestSent else {
      return Figure("Newest that arrived", "not known yet", note: "nothing sent since the start")
    }
    return Figure("Newest that arrived", age(highest, snapshot.now.wall), note: complete)
  }

  private static func ledger(_ queue: QueueSnapshot) -> Figure {
    let lost = [(queue.ledger.dropped.total, "dropped"), (queue.ledger.rejected.total, "refused")].filter { $0.0 > 0 }
    let note =
      lost.isEmpty ? "nothing lost" : lost.map { "\(decimalText(Double($0.0))) \($0.1)" }.joined(separator: ", ")
    return queue.ledger.isBalanced
      ? Figure("Ledger", "Balanced", .good, note: note) : Figure("Ledger", "Not balanced", .bad, note: note)
  }
}

extension Figure {
  /// How the agent itself is.
  static func of(_ snapshot: AgentSnapshot) -> [Figure] {
    let spool = snapshot.spool
    let hits = LimitLabel.allCases.filter { snapshot.limitHits[$0] > 0 }
    let bounds = hits.map { "\(words($0.rawValue)) \(exact(snapshot.limitHits[$0]))" }.joined(separator: ", ")
    var figures = [
      spool.degraded == nil
        ? Figure("Disk", size(spool.diskBytes), note: "of \(size(spool.limitBytes)), sent and unsent")
        : Figure("Disk", "Failing", .bad, note: "\(exact(spool.writeFailures)) writes failed"),
      Figure("Not yet durable", samples(spool.unsyncedSamples), note: "for \(duration(spool.unsyncedMilliseconds))"),
      Figure("Series", exact(UInt64(max(0, snapshot.seriesCount))), note: "tracked now"),
      Figure("Came in", samples(snapshot.scraper.samples + snapshot.receiver.samples), note: inputs(snapshot)),
      Figure("Memory", size(snapshot.program.process.residentBytes), note: "resident"),
      Figure("Bounds reached", hits.isEmpty ? "none" : "\(hits.count)", hits.isEmpty ? nil : .warn, note: bounds),
    ]
    if spool.corruptBlocks > 0 {
      figures.append(
        Figure("Damaged blocks", exact(spool.corruptBlocks), .warn, note: "found on disk, counted in the ledger")
      )
    }
    return figures
  }

  private static func inputs(_ snapshot: AgentSnapshot) -> String {
    "scraped \(decimalText(Double(snapshot.scraper.samples))), written to it \(decimalText(Double(snapshot.receiver.samples)))"
  }
}

extension QueueSnapshot {
  /// Whether nothing gets through, as the detector sees it, or as requests do where nobody watches the path.
  var isCutOff: Bool {
    guard let path else { return sender.failuresInARow > 0 }
    return path.state == .partitioned
  }

  /// Whether less waits than some time in the last minute, though the rates of that minute say otherwise: they count an outage that is over.
  /// What comes in within 20 s is no difference: so much waits now and then by the pace of scrapes and requests.
  var isShrinking: Bool {
    let recent = trace.peaks.suffix(max(2, Int(60_000 / trace.step)))
    guard let last = recent.last, let most = recent.max() else { return false }
    return Double(most) - Double(last) > max(0, takenPerSecond) * 20
  }
}
