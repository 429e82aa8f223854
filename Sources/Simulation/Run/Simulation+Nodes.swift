import Agent
import Samples
import Spool

extension Simulation {
  /// Starts the agent on what is on its disk.
  func start(_ node: SimulatedNode) {
    node.disk = options.interference.found(node.disk)
    node.generation += 1
    var seeds = streams.generator(.node, node.index, generation: node.generation)
    let moment = moment(node)
    do throws(SpoolError) {
      let spool = try Spool(options.interference.fileSystem(node.disk), node.settings.spool)
      let core = AgentCore(
        node.settings.configuration,
        spool: spool,
        key: KeyedHash.Key(seeds.next(), seeds.next()),
        seed: options.interference.seed(seeds.next()),
        now: moment
      )
      core.start(now: moment)
      node.core = core
      node.surveyor = SpoolSurveyor(node.disk)
      startAlerts(node, moment)
    } catch {
      violate("node \(node.index) can't start: \(error)")
    }
    turn(node)
  }

  /// The process is gone; what it had asked for is void.
  func stop(_ node: SimulatedNode) {
    node.core = nil
    node.surveyor = nil
    node.alerts = nil
    node.alertWake = .max
    // Nobody says any more that they go on.
    noteFiring(Tally(), node)
    node.pendingWrite = nil
    node.wake = nil
  }

  /// Lets the collector hand over what waits, and the agent do what is due: an engine takes in what there is before it does anything.
  func turn(_ node: SimulatedNode) {
    repeat {
      if let timestamp = nextWrite(node) { write(timestamp, node) }
      step(node)
    } while nextWrite(node) != nil
    readAlerts(node)
    planWake(node)
  }

  /// What the collector may hand over now.
  private func nextWrite(_ node: SimulatedNode) -> Int64? {
    guard node.core != nil, node.pendingWrite == nil, now >= node.notBefore else { return nil }
    return node.unacknowledged.first
  }

  private func step(_ node: SimulatedNode) {
    guard let core = node.core else { return }
    for action in core.step(now: moment(node)) { perform(action, node) }
  }

  private func planWake(_ node: SimulatedNode) {
    guard let core = node.core else { return }
    let wake = min(core.nextWake, node.alertWake)
    let next = now + max(wake - moment(node).monotonic, 1)
    guard node.wake != next else { return }
    node.wake = next
    queue.plan(.wake(node: node.index), at: next)
  }

  private func perform(_ action: AgentAction, _ node: SimulatedNode) {
    switch action {
    case .send(let destination, let request): send(request, destination, node)
    case .cancelSend(let destination, let id): forget(destination, id, node)
    case .probePath: probe(node)
    case .checkHealth(let number): checkHealth(number, node)
    case .answer(let token, let answer): take(options.interference.answer(answer), token, node)
    case .event(let event):
      node.events.append((now, event))
      if node.alerts != nil {
        node.alerts?.readSoon(now: moment(node))
        node.alertWake = min(node.alertWake, moment(node).monotonic)
      }
    case .deadLetter: node.deadLetterCount += 1
    case .sync(let destination, let action): perform(action, of: destination, node)
    case .durable, .fetch, .cancelFetch, .discover, .forgetDiscovery: break
    }
  }

  /// The collector has new samples.
  func collect(_ node: SimulatedNode) {
    guard !isEnding else { return }
    queue.plan(.collect(node: node.index), at: now + node.settings.configuration.scrapeIntervalMilliseconds)
    // Without power nothing is collected.
    guard !node.isWithoutPower else { return }
    let timestamp = SimulatedTime.moment(now, clockError: node.clockError).wall
    node.collected.collect(at: timestamp, now: now)
    node.unacknowledged.append(timestamp)
    if node.unacknowledged.count > node.unacknowledgedMax {
      node.unacknowledged.removeFirst()
      node.collected.giveUp()
    }
    turn(node)
    if node.firstDrop == nil, let dropped = node.ledger?.dropped, dropped.values.contains(where: { $0 > 0 }) {
      node.firstDrop = now
    }
  }

  private func write(_ timestamp: Int64, _ node: SimulatedNode) {
    guard let core = node.core else { return }
    let token = node.nextToken
    node.nextToken += 1
    node.pendingWrite = (token, timestamp)
    core.receive(token: token, headers: { _ in nil }, body: node.body.bytes(at: timestamp), now: moment(node))
    if options.interference.answersAtOnce { take(WriteAnswer(204), token, node) }
  }

  private func take(_ answer: WriteAnswer, _ token: UInt64, _ node: SimulatedNode) {
    guard let pending = node.pendingWrite, pending.token == token else { return }
    node.pendingWrite = nil
    switch answer.status {
    case 204:
      node.collected.acknowledge(pending.timestamp, now: now)
      node.unacknowledged.removeFirst()
    case 503:
      node.notBefore = now + Self.collectorPause
      queue.plan(.write(node: node.index), at: node.notBefore)
    default:
      violate("node \(node.index): the agent answers a good write with \(answer.status): \(answer.text)")
      node.unacknowledged.removeFirst()
    }
  }

  /// Before the collector tries again, in milliseconds: its longest wait by default.
  private static let collectorPause: Int64 = 5000
  private static let violationCountMax = 50

  func violate(_ text: String) {
    if violations.count < Self.violationCountMax { violations.append("at \(now) ms: " + text) }
  }
}
