/// What happens after a partition. Seconds, samples and bytes, of one node.
extension Configuration {
  /// How long a request to the centre is taken to last: what a Prometheus in the same region needs for 1,000 samples, amply.
  package static let requestSeconds = 0.1

  package var wireBytesPerSecond: Double { samplesPerSecond * self[Settings.wireBytesPerSample] }

  /// Whether fresh samples pass the backlog: the centre has to take what comes out of order, and the queue has to have two lanes.
  package var sendsFreshFirst: Bool {
    self[Settings.collector].hasDurableQueue && self[Settings.outOfOrderWindow].milliseconds > 0
  }

  /// Requests on their way at once that may carry backlog; one is kept for fresh samples.
  package var backlogShards: Int { sendsFreshFirst ? max(1, self[Settings.maxShards] - 1) : self[Settings.maxShards] }

  /// What the shards carry, in samples a second.
  package var shardsPerSecond: Double {
    Double(backlogShards * self[Settings.maxSamplesPerSend]) / Self.requestSeconds
  }

  /// Samples of the backlog a second. Prometheus alone has no limit but its shards.
  package var drainPerSecond: Double {
    self[Settings.collector].hasDurableQueue ? min(Double(self[Settings.drainRate]), shardsPerSecond) : shardsPerSecond
  }

  /// What the backlog has to drain at to be gone in no more than the time that it took to grow: with one lane fresh samples wait behind.
  package var drainPerSecondNeeded: Double { sendsFreshFirst ? samplesPerSecond : samplesPerSecond * 2 }

  /// What a node sends while it drains: with one lane, fresh samples are part of that.
  package var recoveryPerSecond: Double { sendsFreshFirst ? drainPerSecond + samplesPerSecond : drainPerSecond }

  /// How long a backlog takes; never is infinite.
  package func drainSeconds(after outage: Double) -> Double {
    let gain = sendsFreshFirst ? drainPerSecond : drainPerSecond - samplesPerSecond
    return gain > 0 ? samplesPerSecond * outage / gain : .infinity
  }

  /// From the end of a partition until something is sent again, at most: a connection is tried twice a scrape, and a request at
  /// least once in `remote_write_max_backoff`.
  package var resumeSeconds: Double {
    guard self[Settings.collector].hasDurableQueue else { return self[Settings.maxBackoff].seconds }
    return min(self[Settings.maxBackoff].seconds, max(1, self[Settings.scrapeInterval].seconds / 2))
  }

  /// From the end of a partition until the centre has the newest sample of the node.
  package func freshSeconds(after outage: Double) -> Double {
    resumeSeconds + (sendsFreshFirst ? 0 : drainSeconds(after: outage))
  }
}
