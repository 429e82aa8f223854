/// What happens after a partition. Seconds, samples and bytes, of one node.
extension Configuration {
  /// How long a request to the centre is taken to last: what a Prometheus in the same region needs for 1,000 samples, amply.
  public static let requestSeconds = 0.1

  public var wireBytesPerSecond: Double { samplesPerSecond * self[Settings.wireBytesPerSample] }

  /// Whether fresh samples pass the backlog: the centre has to take what comes out of order, and the queue has to have two lanes.
  public var sendsFreshFirst: Bool {
    self[Settings.collector].hasDurableQueue && self[Settings.outOfOrderWindow].milliseconds > 0
  }

  /// Requests on their way at once that may carry backlog; one is kept for fresh samples.
  public var backlogShards: Int { sendsFreshFirst ? max(1, self[Settings.maxShards] - 1) : self[Settings.maxShards] }

  /// What the shards carry, in samples a second.
  public var shardsPerSecond: Double {
    Double(backlogShards * self[Settings.maxSamplesPerSend]) / Self.requestSeconds
  }

  /// Samples of the backlog a second. Prometheus alone has no limit but its shards.
  public var drainPerSecond: Double {
    self[Settings.collector].hasDurableQueue ? min(Double(self[Settings.drainRate]), shardsPerSecond) : shardsPerSecond
  }

  /// What the backlog has to drain at to be gone in no more than the time that it took to grow: with one lane fresh samples wait behind.
  public var drainPerSecondNeeded: Double { sendsFreshFirst ? samplesPerSecond : samplesPerSecond * 2 }

  /// What a node sends while it drains: with one lane, fresh samples are part of that.
  public var recoveryPerSecond: Double { sendsFreshFirst ? drainPerSecond + samplesPerSecond : drainPerSecond }

  /// How long a backlog takes; never is infinite.
  public func drainSeconds(after outage: Double) -> Double {
    let gain = sendsFreshFirst ? drainPerSecond : drainPerSecond - samplesPerSecond
    return gain > 0 ? samplesPerSecond * outage / gain : .infinity
  }

  /// While nothing gets through, a connection is tried this often, or up to a quarter sooner, evenly drawn
  /// (Sources/Agent/Sending/PathHealth.swift).
  private var connectionPeriod: Double { max(1, self[Settings.scrapeInterval].seconds / 2) }

  /// Whoever comes to such tries at any time waits longer than x, which is three quarters of a period P or more, in (P - x)^2 /
  /// (7/16 P^2) of all cases. Of n nodes the last waits longer than x in half of all cases where n times that is ln 2: at
  /// x = P (1 - sqrt(7/16 ln 2 / n)).
  public static let lastOfNodes = 0.303

  /// From the end of a partition until the last of the nodes sends something again, in half of all cases; with Prometheus alone, at most.
  public func resumeSeconds(nodes: Int) -> Double {
    guard self[Settings.collector].hasDurableQueue else { return self[Settings.maxBackoff].seconds }
    let last = connectionPeriod * (1 - (Self.lastOfNodes / Double(nodes)).squareRoot())
    return min(self[Settings.maxBackoff].seconds, last)
  }

  /// From the end of a partition until the centre has the newest sample of each node.
  public func freshSeconds(after outage: Double, nodes: Int) -> Double {
    resumeSeconds(nodes: nodes) + (sendsFreshFirst ? 0 : drainSeconds(after: outage))
  }
}
