import Agent
import Model

extension Simulation {
  func conditions(of node: SimulatedNode) -> PathConditions {
    PathConditions(
      activeFaults.map { options.faults[$0] },
      node: node.index,
      of: nodes.count,
      roundTrip: options.roundTrip
    )
  }

  /// A request leaves a node.
  func send(_ request: SendRequest, _ destination: Int, _ node: SimulatedNode, isReplay: Bool = false) {
    let path = paths[node.index]
    let share = Double(request.sampleCount) / Double(options.scale.samplesPerRequest)
    let further = Int64((max(options.scale.requestsPerRequest * share, 1) - 1) * Double(path.roundTrip))
    let transfer = path.bytesPerSecond.map {
      Int64(Double(request.sampleCount) * options.scale.samplesPerGroup * options.wireBytesPerSample / $0 * 1000)
    }
    let flight = RequestInFlight(
      request,
      node: node.index,
      generation: node.generation,
      destination: destination,
      sentAt: now,
      oneWay: path.roundTrip / 2,
      further: further,
      deadline: now + timeLimit
    )
    flight.isReplay = isReplay
    if let result = options.interference.meets(request) {
      flight.result = result
      return queue.plan(.answer(request: hold(flight)), at: now + 1)
    }
    if options.interference.believesSending {
      // The core hears of success at once; what becomes of the request is nobody's business.
      let ghost = flight.twin()
      ghost.result = .answered(status: 204, headers: [], body: [])
      queue.plan(.answer(request: hold(ghost)), at: now)
      flight.generation = RequestInFlight.forgotten
    }
    if path.partition == .refused || path.isCentreDown {
      return fail(flight, .connect, at: now + 1)
    }
    if path.partition == .silent { return fail(flight, .timeout, at: flight.deadline) }
    let arrival = now + path.roundTrip / 2 + (transfer ?? 0)
    if arrival >= flight.deadline { return fail(flight, .timeout, at: flight.deadline) }
    queue.plan(.arrive(request: hold(flight)), at: arrival)
  }

  /// The node breaks a request off. The centre may have it, or get it; the node hears nothing of it any more.
  func forget(_ destination: Int, _ id: UInt64, _ node: SimulatedNode) {
    for flight in requests {
      guard let flight, flight.node == node.index, flight.generation == node.generation,
        flight.destination == destination, flight.request.id == id, !flight.isReplay
      else { continue }
      flight.generation = RequestInFlight.forgotten
    }
  }

  private func fail(_ flight: RequestInFlight, _ kind: ExchangeFailure.Kind, at time: Int64) {
    flight.result = .failed(ExchangeFailure(kind, "simulated"))
    queue.plan(.answer(request: hold(flight)), at: time)
  }

  private func hold(_ flight: RequestInFlight) -> Int {
    if let number = freeRequests.popLast() {
      requests[number] = flight
      return number
    }
    requests.append(flight)
    return requests.count - 1
  }

  /// A request reaches the centre.
  func arrive(_ number: Int) {
    guard let flight = requests[number] else { return }
    let path = paths[flight.node]
    if path.isCentreDown || path.partition == .refused {
      flight.result = .failed(ExchangeFailure(.other, "simulated: connection reset"))
      return queue.plan(.answer(request: number), at: now + 1)
    }
    if path.partition == .silent {
      flight.result = .failed(ExchangeFailure(.timeout, "simulated"))
      return queue.plan(.answer(request: number), at: flight.deadline)
    }
    let weight = Double(options.scale.weight(flight.node))
    let samples = Double(flight.request.sampleCount) * options.scale.samplesPerGroup * weight
    let share = Double(flight.request.sampleCount) / Double(options.scale.samplesPerRequest)
    let requestCount = max(options.scale.requestsPerRequest * share, 1) * weight
    centre.load.note(samples: samples, requests: requestCount, now: now)
    let node = nodes[flight.node]
    if flight.request.attempt > 0, node.lastRetry != now / 1000 {
      node.lastRetry = now / 1000
      centre.load.noteReturn(nodes: weight, now: now)
    }
    for brownOut in path.brownOuts where Double.random(in: 0..<1, using: &node.random) < brownOut.share {
      var headers: [(name: String, value: String)] = []
      if let seconds = brownOut.retryAfterSeconds { headers.append((name: "Retry-After", value: "\(seconds)")) }
      return reply(number, flight, brownOut.status, headers, "brown-out", after: 0)
    }
    guard let work = centre.admit(samples: samples, now: now) else {
      return reply(number, flight, 503, [], "the centre has too much to do", after: 0)
    }
    if work.wait + work.service == 0 { return done(number) }
    queue.plan(.done(request: number), at: now + Int64(work.wait + work.service))
  }

  /// The centre has read a request, and stores it or not.
  func done(_ number: Int) {
    guard let flight = requests[number] else { return }
    if paths[flight.node].isCentreDown {
      flight.result = .failed(ExchangeFailure(.other, "simulated: connection reset"))
      return queue.plan(.answer(request: number), at: now + 1)
    }
    let verdict = centre.take(flight.request.body, now: now)
    if let newest = verdict.newest { noteArrival(nodes[flight.node], newest) }
    var headers: [(name: String, value: String)] = []
    if sendsDates { headers.append((name: "Date", value: DateText.http(SimulatedTime.epoch + now))) }
    reply(number, flight, verdict.status, headers, verdict.text, after: flight.further)
  }

  /// Clocks are compared by the answers' dates; where all clocks agree, nobody needs any.
  private var sendsDates: Bool {
    options.faults.contains { if case .clockJump = $0.kind { true } else { false } }
  }

  private func reply(
    _ number: Int,
    _ flight: RequestInFlight,
    _ status: Int,
    _ headers: [(name: String, value: String)],
    _ text: String,
    after further: Int64
  ) {
    var time = now + flight.oneWay
    if time > flight.deadline {
      flight.result = .failed(ExchangeFailure(.timeout, "simulated"))
      time = max(flight.deadline, now)
    } else {
      flight.result = .answered(status: status, headers: headers, body: Array(text.utf8))
    }
    queue.plan(.answer(request: number), at: time + further)
  }

  /// A node hears what became of a request.
  func answer(_ number: Int) {
    guard let flight = requests[number], let result = flight.result else { return }
    let node = nodes[flight.node]
    if case .answered = result, let partition = paths[flight.node].partition, !options.interference.believesSending {
      // The answer meets a partition that began meanwhile.
      let isReset = partition == .refused
      flight.result = .failed(ExchangeFailure(isReset ? .other : .timeout, "simulated"))
      return queue.plan(.answer(request: number), at: isReset ? now + 1 : max(flight.deadline, now + 1))
    }
    requests[number] = nil
    freeRequests.append(number)
    guard flight.generation == node.generation, let core = node.core else { return }
    let heard = options.interference.result(flight.request, result)
    if flight.isReplay {
      core.finishReplay(destination: flight.destination, flight.request.id, heard, now: moment(node))
    } else {
      core.finishSend(destination: flight.destination, flight.request.id, heard, now: moment(node))
    }
    turn(node)
    noteDrain(node)
  }

  func checkHealth(_ number: UInt64, _ node: SimulatedNode) {
    let path = paths[node.index]
    var failure: CheckFailure?
    var after = path.roundTrip
    if path.isCentreDown || path.partition == .refused {
      failure = .connection
      after = 1
    } else if path.partition != nil {
      // The detector's own time limit says so.
      return
    } else {
      for brownOut in path.brownOuts where brownOut.status >= 500 {
        if Double.random(in: 0..<1, using: &node.random) < brownOut.share { failure = .status }
      }
    }
    let answer = SimulationEvent.healthAnswer(
      node: node.index,
      generation: node.generation,
      number: number,
      failure: failure
    )
    queue.plan(answer, at: now + max(after, 1))
  }

  /// Of a connection, in milliseconds: as the runtime's.
  private static let connectTimeLimit: Int64 = 10_000

  /// A connection, which works as soon as the way there and back does.
  func probe(_ node: SimulatedNode) {
    let path = paths[node.index]
    let isRefused = path.partition == .refused || path.isCentreDown
    let isLost = path.partition != nil && !isRefused
    let after = isRefused ? 1 : isLost ? Self.connectTimeLimit : max(path.roundTrip, 1)
    let answer = SimulationEvent.probeAnswer(
      node: node.index,
      generation: node.generation,
      succeeded: !isRefused && !isLost
    )
    queue.plan(answer, at: now + after)
  }
}
