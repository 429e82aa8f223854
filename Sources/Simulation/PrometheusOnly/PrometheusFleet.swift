import Agent
import Model

/// A fleet whose collector is Prometheus in agent mode alone, and its centre: `PrometheusAgent` on the faults of a schedule. Its
/// result has the form of a simulation of agents, so that both can be laid side by side.
public struct PrometheusFleet {
  private let options: SimulationOptions
  private let settings: PrometheusSettings
  private let interval: Double
  private let window: Int
  private var nodes: [Member] = []
  private var random: SeededGenerator
  private var timeline: Timeline
  private var load = CentreLoad()
  /// Of all nodes: one past the newest second of samples that the centre has.
  private var newest = 0

  private struct Member {
    var agent: PrometheusAgent
    var outcome: NodeOutcome
    var healedAt: Int?
    var forgotten = 0
  }

  /// Which of the faults have no place in the model, in the spelling of schedules.
  public static func unmodelled(_ faults: [Fault]) -> Fault? {
    faults.first { fault in
      switch fault.kind {
      case .partition, .brownOut, .slow, .thin, .kill, .powerCut, .centreRestart: false
      case .clockJump, .diskFull, .syncErrors, .tornWrites, .poison: true
      }
    }
  }

  /// - Parameter settings: nothing for what the model says.
  public init(_ options: SimulationOptions, _ settings: PrometheusSettings? = nil) {
    self.options = options
    let settings = settings ?? PrometheusSettings(options.model)
    self.settings = settings
    interval = options.model[Settings.scrapeInterval].seconds
    window =
      options.centre.kind.hasWindow ? options.model.latenessMilliseconds / 1000 : Int(Int32.max)
    let streams = RandomStreams(seed: options.seed)
    random = streams.generator(.path)
    timeline = Timeline(duration: options.duration, countMax: options.observationCount)
    for index in 0..<options.scale.simulatedNodeCount {
      // Each began at a moment of its own, and cuts its log by that.
      var phases = streams.generator(.phase, index)
      let offset = Int.random(in: 1...settings.truncationSeconds, using: &phases)
      nodes.append(
        Member(
          agent: PrometheusAgent(settings, truncationOffset: offset),
          outcome: NodeOutcome(index: index, weight: options.scale.weight(index))
        )
      )
    }
  }

  /// Runs to the end.
  /// - Parameter progress: told now and then how much of the time is done, from 0 to 1.
  public mutating func run(progress: (Double) -> Void = { _ in }) -> SimulationResult {
    let duration = Int(options.duration / 1000)
    let limit = duration + Int(options.drainMax / 1000)
    var second = 0
    var nextPoint: Int64 = 0
    while second < limit {
      let now = Int64(second) * 1000
      let active = options.faults.filter { $0.start < now + 1000 && now < $0.end }
      noteEnds(active, second)
      // The centre's own work in a second, which the nodes share.
      var room = options.centre.samplesPerSecond ?? .infinity
      for place in nodes.indices { step((place + second) % nodes.count, second, active, &room) }
      if now >= nextPoint {
        observe(second)
        nextPoint += timeline.interval
        progress(min(Double(second) / Double(max(duration, 1)), 1))
      }
      second += 1
      if second >= duration, nodes.allSatisfy({ isDone($0, second) }) { break }
    }
    return result(second)
  }

  private mutating func step(_ index: Int, _ second: Int, _ active: [Fault], _ room: inout Double) {
    let faults = active.filter { $0.hits(index, of: nodes.count) }
    if faults.contains(where: { $0.kind == .kill || $0.kind == .powerCut }) {
      return nodes[index].agent.stayDown(second)
    }
    let weight = Double(nodes[index].outcome.weight)
    var rate = min(settings.sendRate, room / weight)
    for fault in faults {
      switch fault.kind {
      case .slow(let by): rate *= Configuration.requestSeconds / (Configuration.requestSeconds + Double(by) / 1000)
      case .thin(let bytes): rate = min(rate, bytes / options.wireBytesPerSample)
      default: continue
      }
    }
    let count = nodes[index].agent.step(second, reception(faults), rate: rate, oldest: newest - window)
    newest = max(newest, nodes[index].agent.newest)
    guard count > 0 else { return }
    let samples = Double(count) * settings.samplesPerSecond * weight
    room = max(room - samples, 0)
    let perRequest = Double(options.model[Settings.maxSamplesPerSend])
    load.note(samples: samples, requests: (samples / perRequest).rounded(.up), now: Int64(second) * 1000)
    note(index, second)
  }

  /// Server errors are tried again, refusals are not, and too many requests as the model says (`retry_on_http_429`).
  private mutating func reception(_ faults: [Fault]) -> PrometheusAgent.Reception {
    for fault in faults {
      switch fault.kind {
      case .partition, .centreRestart: return .failed
      case .brownOut(let share, let status, _):
        guard Double.random(in: 0..<1, using: &random) < share else { continue }
        let isRetried = status >= 500 || status == 429 && options.model[Settings.retryOnRateLimit]
        return isRetried ? .failed : .refused
      default: continue
      }
    }
    return .taken
  }

  /// Faults that are over since the second before, and what the centre forgets where one begins.
  private mutating func noteEnds(_ active: [Fault], _ second: Int) {
    for fault in options.faults {
      let (start, end) = (Int(fault.start / 1000), Int((fault.end + 999) / 1000))
      for index in nodes.indices where fault.hits(index, of: nodes.count) {
        if end == second {
          nodes[index].healedAt = second
          nodes[index].outcome.drain.heal(at: fault.end, backlogEnd: 0)
        }
        if start == second, case .centreRestart(let forgets) = fault.kind {
          let since = second - Int(forgets / 1000)
          nodes[index].forgotten += nodes[index].agent.arrivals.reduce(0) { $0 + ($1.second >= since ? $1.count : 0) }
        }
      }
    }
  }

  private mutating func note(_ index: Int, _ second: Int) {
    guard let healed = nodes[index].healedAt else { return }
    let now = Int64(second + 1) * 1000
    let agent = nodes[index].agent
    if nodes[index].outcome.drain.freshAt == nil, second + 1 - agent.newest <= Int(interval) + 1 {
      nodes[index].outcome.drain.freshAt = now
    }
    if nodes[index].outcome.drain.drainedAt == nil, agent.isDone(before: healed) {
      nodes[index].outcome.drain.drainedAt = now
    }
  }

  private func isDone(_ member: Member, _ second: Int) -> Bool {
    guard let healed = member.healedAt else { return true }
    return member.outcome.drain.freshAt != nil && member.agent.isDone(before: healed)
  }

  private mutating func observe(_ second: Int) {
    var point = Timeline.Point(time: Int64(second) * 1000)
    for index in nodes.indices {
      let agent = nodes[index].agent
      let queued = agent.queued(second + 1)
      point.lag = max(point.lag, Int64(second + 1 - agent.newest) * 1000)
      point.diskBytes = max(point.diskBytes, agent.logBytes(second + 1))
      point.queued += Double(queued) * settings.samplesPerSecond * Double(nodes[index].outcome.weight)
      nodes[index].outcome.queuedPeak = max(nodes[index].outcome.queuedPeak, groups(queued))
    }
    let passed = load.takeInterval()
    point.samplesPerSecond = passed.samples / (Double(timeline.interval) / 1000)
    point.requestsPerSecond = passed.requests / (Double(timeline.interval) / 1000)
    timeline.append(point)
  }

  /// Seconds of samples in what a result counts in.
  private func groups(_ seconds: Int) -> UInt64 {
    UInt64((Double(seconds) * Double(options.scale.groupCount) / interval).rounded())
  }

  private func result(_ end: Int) -> SimulationResult {
    var outcomes: [NodeOutcome] = []
    var losses = PrometheusAgent.Losses()
    for member in nodes {
      var outcome = member.outcome
      let lost = member.agent.losses
      outcome.collected = groups(end)
      outcome.missing = groups(lost.byCuts + lost.byRestarts + lost.byRefusals)
      outcome.unacknowledged = groups(lost.whileDown)
      outcome.forgotten = groups(member.forgotten)
      outcome.peakDiskBytes = member.agent.peakLogBytes
      outcomes.append(outcome)
      losses.byCuts += lost.byCuts * outcome.weight
      losses.byRestarts += lost.byRestarts * outcome.weight
      losses.byRefusals += lost.byRefusals * outcome.weight
      losses.whileDown += lost.whileDown * outcome.weight
    }
    var result = SimulationResult(
      options: options,
      nodes: outcomes,
      timeline: timeline,
      load: SimulationResult.Load(
        samples: load.samples,
        requests: load.requests,
        peakSamplesPerSecond: load.peakSamplesPerSecond,
        peakRequestsPerSecond: load.peakRequestsPerSecond,
        peakReturning: load.peakReturning
      ),
      duration: Int64(end) * 1000,
      eventCount: end * nodes.count,
      violations: []
    )
    result.prometheusLosses = losses
    return result
  }
}
