import Agent
public import Model
import Samples
import Spool

/// A fleet of agents and their centre on a clock that only events move. What decides is the agents' own code: `AgentCore` with its
/// spool, senders, backoff and detector. What is simulated is what lies around it: disks, the network, the centre, time.
///
/// The same options give the same result, to the byte.
public final class Simulation {
  let options: SimulationOptions
  let streams: RandomStreams
  /// How long an agent waits for an answer, in milliseconds.
  let timeLimit: Int64
  var queue = EventQueue<SimulationEvent>()
  /// Milliseconds since the beginning.
  var now: Int64 = 0
  let centre: Centre
  var nodes: [SimulatedNode] = []
  /// Indices into the options' faults.
  var activeFaults: [Int] = []
  var paths: [PathConditions] = []
  var requests: [RequestInFlight?] = []
  var freeRequests: [Int] = []
  var errands: [Errand?] = []
  var freeErrands: [Int] = []
  var violations: [String] = []
  var timeline: Timeline
  /// Nothing more is collected; what is queued may still arrive.
  var isEnding = false
  var endingSince: Int64 = 0
  /// Something is so wrong that going on says nothing more.
  private var isAbandoned = false
  public private(set) var eventCount = 0

  /// Throws what the model has that an agent can't follow.
  public init(_ options: SimulationOptions) throws(Diagnostics) {
    self.options = options
    streams = RandomStreams(seed: options.seed)
    timeLimit = Int64(options.model[Settings.remoteTimeout].milliseconds)
    let count = options.scale.simulatedNodeCount
    centre = Centre(options.centre, nodeCount: count)
    timeline = Timeline(duration: options.duration, countMax: options.observationCount)
    // All nodes run with the same settings but for their names.
    let disk = DiskScale(options.model, options.scale, bytesPerSample: options.bytesPerSample)
    for index in 0..<count {
      var settings = try NodeSettings(options.model, options.scale, disk, node: index)
      if let limit = options.spoolByteCountMax { settings.spool.byteCountMax = limit }
      nodes.append(SimulatedNode(index, settings, groupCount: options.scale.groupCount, streams))
    }
    paths = nodes.map { conditions(of: $0) }
    centre.poison = Self.poison(options.faults, nodeCount: count)
  }

  /// Runs to the end.
  /// - Parameter progress: told now and then how much of the time is done, from 0 to 1.
  public func run(progress: (Double) -> Void = { _ in }) -> SimulationResult {
    for node in nodes {
      // Not all at once: what an agent does at fixed times counts from its start.
      queue.plan(.boot(node: node.index), at: options.startsTogether ? 0 : node.phase)
    }
    for (index, fault) in options.faults.enumerated() {
      queue.plan(.begin(fault: index), at: fault.start)
      queue.plan(.end(fault: index), at: fault.end)
    }
    queue.plan(.observe, at: 0)
    var shown = 0
    while !isAbandoned, let (time, event) = queue.next() {
      now = max(now, time)
      eventCount += 1
      handle(event)
      if case .observe = event {
        if isOver { break }
        let percent = Int(min(Double(now) / Double(max(options.duration, 1)), 1) * 100)
        if percent > shown {
          shown = percent
          progress(Double(percent) / 100)
        }
      }
    }
    return result()
  }

  private func handle(_ event: SimulationEvent) {
    switch event {
    case .boot(let index):
      let node = nodes[index]
      if node.downCount == 0 { start(node) }
      collect(node)
    case .wake(let index):
      let node = nodes[index]
      guard node.wake == now else { return }
      node.wake = nil
      if node.isRestless(now) {
        violate("node \(index) wakes again and again with nothing to do")
        isAbandoned = true
      }
      turn(node)
    case .collect(let index): collect(nodes[index])
    case .write(let index): turn(nodes[index])
    case .arrive(let number): arrive(number)
    case .done(let number): done(number)
    case .answer(let number): answer(number)
    case .healthAnswer(let index, let generation, let number, let failure):
      let node = nodes[index]
      guard node.generation == generation, let core = node.core else { return }
      core.finishHealthCheck(number, failure: failure, now: moment(node))
      turn(node)
    case .probeAnswer(let index, let generation, let succeeded):
      let node = nodes[index]
      guard node.generation == generation, let core = node.core else { return }
      core.finishPathProbe(destination: 0, succeeded: succeeded, now: moment(node))
      turn(node)
    case .errand(let number): goOn(number)
    case .begin(let fault): begin(fault)
    case .end(let fault): end(fault)
    case .observe: observe()
    }
  }

  func moment(_ node: SimulatedNode) -> Moment {
    options.interference.moment(SimulatedTime.moment(now, clockError: node.clockError))
  }

  /// Whether nothing is left that a comparison could refill, or there was time enough for several.
  private var isRefilled: Bool {
    guard options.comparesWithCentre, now < refillEnd else { return true }
    return centre.memories.allSatisfy { $0.lacking == 0 }
  }

  /// Three comparisons after the centre last forgot something, in milliseconds.
  private var refillEnd: Int64 {
    let ends = options.faults.compactMap { fault -> Int64? in
      if case .centreRestart(let forgets) = fault.kind, forgets > 0 { return fault.end }
      return nil
    }
    return (ends.max() ?? 0) + 3 * Int64(options.model[Settings.syncInterval]) * 60_000
  }

  /// How long what is queued may take when nothing is collected any more, in milliseconds.
  private static let endingMax: Int64 = 4 * 3_600_000

  /// Whether there is nothing more to see.
  private var isOver: Bool {
    if isEnding {
      let isEmpty = nodes.allSatisfy { ($0.ledger?.queued ?? 1) == 0 && $0.unacknowledged.isEmpty }
      return isEmpty || now - endingSince > Self.endingMax
    }
    guard now >= options.duration else { return false }
    let isDrained = nodes.allSatisfy { $0.drain.healedAt == nil || $0.drain.drainedAt != nil }
    if isDrained && isRefilled || now > options.duration + options.drainMax {
      isEnding = true
      endingSince = now
    }
    return false
  }
}
