import Model

/// How a node compares itself with its centre and refills what is missing there (docs/formats/gaps.md). Durations are milliseconds.
public struct SyncConfiguration: Hashable, Sendable {
  /// The destination's name, which is the spool's, too.
  public var destination: String
  /// Between two comparisons.
  public var interval: Int64
  /// This node's own moment in each interval, so that a fleet doesn't ask at once.
  public var phase: Int64
  public var grid: TimeGrid
  /// How late the centre takes a sample; nothing where it takes any.
  public var window: Int64?
  /// Whether the centre can be asked at all.
  public var answersQueries: Bool
  /// Whether a range that isn't over can be asked for.
  public var comparesUnfinished: Bool
  /// How long the centre may take to show what it acknowledged; where that is any time, what lacks is looked at twice.
  public var visibleAfter: Int64
  /// Samples a second that are sent again, at most.
  public var rate: Int
  public var samplesPerRequestMax: Int
  /// Samples that are sent again in one check, at most.
  public var replaySampleCountMax: Int
  /// Samples, about, by which a centre shows that a refill helps.
  public var trialSampleCount = 5000
  public var backoff: Backoff
  /// How long segments stay on disk while there is room.
  public var ageMax: Int64?

  public init(destination: String, interval: Int64 = 900_000, span: Int64 = 86_400_000) {
    self.destination = destination
    self.interval = max(interval, 1000)
    phase = 0
    grid = TimeGrid(span: span)
    window = span
    answersQueries = true
    comparesUnfinished = true
    visibleAfter = 0
    rate = 10_000
    samplesPerRequestMax = 1000
    replaySampleCountMax = 1_000_000
    backoff = Backoff(initial: 1000, max: 30_000)
    ageMax = nil
  }

  /// - Parameter sender: of the same destination.
  init(_ model: Configuration, _ sender: SenderConfiguration, node: String) {
    let window = Int64(model[Settings.outOfOrderWindow].milliseconds)
    self.init(
      destination: sender.destination,
      interval: Int64(model[Settings.syncInterval]) * 60_000,
      span: max(window, Int64(model[Settings.survive].milliseconds))
    )
    let kind = model[Settings.centralKind]
    self.window = kind == .victoriametrics ? nil : window
    answersQueries = kind.queryPath != nil
    // Mimir and Amazon's answer nothing beyond some minutes ahead, and a range may be longer.
    comparesUnfinished = kind == .prometheus || kind == .victoriametrics
    visibleAfter = kind == .prometheus ? 0 : Self.scaledOutDelay
    // Stable, so that a restart keeps the pace, and another one on each node.
    phase = Int64(node.utf8.reduce(0x811c_9dc5 as UInt32) { ($0 ^ UInt32($1)) &* 0x0100_0193 }) % self.interval
    rate = sender.drainRate
    samplesPerRequestMax = sender.maxSamplesPerSend
    // Half of what the backlog's rate would bring in an interval.
    replaySampleCountMax = max(Int(self.interval / 1000) * rate / 2, sender.maxSamplesPerSend)
    backoff = sender.backoff
    ageMax = span(of: model)
  }

  private func span(of model: Configuration) -> Int64 {
    Int64(max(model[Settings.outOfOrderWindow].milliseconds, model[Settings.survive].milliseconds))
  }

  /// VictoriaMetrics shows what it took within two seconds; a series that it was asked for before it had it up to ten seconds later, when
  /// it forgets what its index answered (VictoriaMetrics#11116). So it is asked again, a few times.
  private static let scaledOutDelay: Int64 = 4000
}

extension AgentConfiguration {
  /// One for each destination, in their order.
  var syncs: [SyncConfiguration] {
    zip(model.destinationNames, senders).map { SyncConfiguration(model.toward($0), $1, node: node) }
  }
}
