public import Agent
import Model

/// Something that a person should know before anything else.
public struct Finding: Hashable, Sendable {
  public let level: Level
  /// In a word or two, and without figures: a title that changes only when the matter does.
  public let summary: String
  /// A sentence without its full stop.
  public let headline: String
  /// What it means, in whole sentences.
  public let detail: String

  init(_ level: Level, _ summary: String, _ headline: String, _ detail: String) {
    self.level = level
    self.summary = summary
    self.headline = headline
    self.detail = detail
  }
}

extension Finding {
  /// What there is to say, the gravest first; one at least.
  public static func all(_ snapshot: AgentSnapshot) -> [Finding] {
    var findings = ofDisk(snapshot.spool)
    for queue in snapshot.queues {
      findings += ofBooks(queue)
      if let path = queue.path {
        findings += ofPath(path, queue, snapshot)
      } else {
        findings += ofRequests(queue, snapshot)
      }
    }
    for queue in snapshot.queues { findings += ofBacklog(queue) }
    findings += ofTargets(snapshot.scraper) + ofModel(snapshot.program) + ofAlerts(snapshot.alerts)
    if findings.isEmpty { return [calm(snapshot)] }
    // Stable: what was said first of two that are as grave stays first.
    return findings.enumerated().sorted { ($1.element.level, $0.offset) < ($0.element.level, $1.offset) }.map(\.element)
  }

  private static func ofDisk(_ spool: SpoolSnapshot) -> [Finding] {
    guard let message = spool.degraded else { return [] }
    return [
      Finding(
        .bad,
        "Disk failing",
        "The disk takes nothing",
        "It said: \(shortened(message, to: Room.error)). What it holds stays; what targets say meanwhile is lost and counted, and remote write is told to come again."
      )
    ]
  }

  private static func ofBooks(_ queue: QueueSnapshot) -> [Finding] {
    if queue.ledger.isBalanced { return [] }
    return [
      Finding(
        .bad,
        "Books wrong",
        "The books of \(shortened(queue.name, to: Room.name)) don't add up",
        "That is a fault of this program, not of the network."
      )
    ]
  }

  private static func ofPath(_ path: PathSnapshot, _ queue: QueueSnapshot, _ snapshot: AgentSnapshot) -> [Finding] {
    let lasted = duration(max(0, snapshot.now.monotonic - path.since.monotonic))
    switch path.state {
    case .connected: return []
    case .suspect:
      return [
        Finding(
          .warn,
          "Path in doubt",
          "The path to the centre is in doubt",
          evidence(path) + "What can't be sent is kept on disk."
        )
      ]
    case .partitioned:
      let drill =
        snapshot.drill.map { "A drill cuts the path; it ends in \(duration($0.end - snapshot.now.monotonic)). " } ?? ""
      let waiting = "Samples are kept on disk: \(samples(queue.ledger.queued.total)) so far. "
      return [
        Finding(.bad, "Cut off", "Cut off from the centre for \(lasted)", drill + waiting + room(queue, snapshot))
      ]
    case .recovering:
      return [
        Finding(
          .note,
          "Recovering",
          "The path to the centre is back for \(lasted)",
          "\(samples(queue.ledger.queued.total)) \(queue.ledger.queued.total == 1 ? "waits" : "wait"); fresh ones go first."
        )
      ]
    }
  }

  private static func evidence(_ path: PathSnapshot) -> String {
    path.checkFailuresInARow == 0
      ? "Its health check is answered, and writes are not. "
      : "\(counted(Int(clamping: path.checkFailuresInARow), "health check")) in a row failed. "
  }

  private static func room(_ queue: QueueSnapshot, _ snapshot: AgentSnapshot) -> String {
    switch RoomForecast(queue, snapshot.spool, now: snapshot.now) {
    case .unknown: "Nothing new comes in."
    case .after(0, _): "The oldest are being dropped now."
    case .after(let time, .disk): "There is room for another \(duration(time)); then the oldest go."
    case .after(let time, .age): "In \(duration(time)) the oldest are too old to be taken, and go."
    }
  }

  private static func ofRequests(_ queue: QueueSnapshot, _ snapshot: AgentSnapshot) -> [Finding] {
    let failures = queue.sender.failuresInARow
    if failures == 0 { return [] }
    let last = queue.sender.lastSuccess.map { "The last that worked was \(age($0, snapshot.now.wall)). " } ?? ""
    return [
      Finding(
        .bad,
        "Destination failing",
        "\(shortened(queue.name, to: Room.name)) takes no samples",
        "\(counted(failures, "request")) in a row failed. \(last)\(samples(queue.ledger.queued.total)) wait on disk; other destinations go on."
      )
    ]
  }

  private static func ofBacklog(_ queue: QueueSnapshot) -> [Finding] {
    let backlog = queue.ledger.queued[.backlog]
    if backlog == 0 || queue.isCutOff || queue.path?.state == .suspect { return [] }
    let name = shortened(queue.name, to: Room.name)
    switch DrainForecast(queue) {
    case .drained: return []
    case .after(let time):
      return [
        Finding(
          .note,
          "Catching up",
          "\(samples(backlog)) are being caught up on",
          "\(name) has them in about \(duration(time)), at the rate of the last minute."
        )
      ]
    case .never where queue.isShrinking:
      return [
        Finding(
          .note,
          "Catching up",
          "\(samples(backlog)) are being caught up on",
          "How long that takes is known when the outage is a minute ago."
        )
      ]
    case .never:
      return [
        Finding(
          .warn,
          "Backlog stuck",
          "The backlog of \(samples(backlog)) doesn't shrink",
          "\(name) took \(rate(queue.deliveredPerSecond)) in the last minute, and \(rate(queue.takenPerSecond)) came in."
        )
      ]
    }
  }

  private static func ofTargets(_ scraper: ScraperSnapshot) -> [Finding] {
    let down = scraper.targets.count { $0.state == .down }
    if down == 0 { return [] }
    let all = counted(scraper.targets.count, "target")
    return [
      Finding(
        .warn,
        "Targets down",
        "\(exact(UInt64(down))) of \(all) \(down == 1 ? "is" : "are") down",
        down == 1 ? "It is the first below." : "They are the first below."
      )
    ]
  }

  private static func ofModel(_ program: ProgramSnapshot) -> [Finding] {
    if program.isLastReloadGood { return [] }
    return [
      Finding(
        .warn,
        "Model refused",
        "The newest model was refused",
        "The former one goes on. The agent's log says why."
      )
    ]
  }

  private static func ofAlerts(_ alerts: AlertsSnapshot) -> [Finding] {
    let firing = LocalAlert.allCases.filter { $0 != .watchdog && alerts.firing[$0] > 0 }.map(\.rawValue)
    if firing.isEmpty { return [] }
    return [
      Finding(
        .warn,
        "Alerts fire",
        "Alerts fire: \(firing.joined(separator: ", "))",
        alerts.notifications.isEmpty
          ? "The model names no Alertmanager to tell." : "Alertmanager is told by this agent."
      )
    ]
  }

  private static func calm(_ snapshot: AgentSnapshot) -> Finding {
    guard let centre = snapshot.queues.first, centre.newestTaken != nil else {
      return Finding(
        .idle,
        "Idle",
        "Nothing has come in yet",
        snapshot.scraper.targets.isEmpty
          ? "No target is known, and nobody has sent anything." : "The targets are not scraped yet."
      )
    }
    guard let highest = centre.sender.highestSent else {
      return Finding(
        .idle,
        "Nothing sent yet",
        "Nothing was sent yet since the start",
        "\(samples(centre.ledger.queued.total)) wait on disk."
      )
    }
    return Finding(
      .good,
      "All well",
      "Everything arrives",
      "The newest sample that the centre has is \(duration(max(0, difference(snapshot.now.wall, highest)))) old."
    )
  }
}
