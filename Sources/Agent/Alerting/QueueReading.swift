public import Model

/// What the alerts want to know of a queue at one moment.
public struct QueueReading: Hashable, Sendable {
  public var name: String
  /// Secrets may be in it, no label shows them.
  public var url: String
  public var state = PartitionState.connected
  public var attemptedSamples: UInt64 = 0
  public var retriedSamples: UInt64 = 0
  public var pendingSamples: UInt64 = 0
  public var queuedSamples: UInt64 = 0
  /// Refused, dropped, or missing at the centre and here.
  public var lostSamples: UInt64 = 0
  public var refusedSamples: UInt64 = 0
  /// Milliseconds since 1970.
  public var highestSent: Int64?
  public var oldestUnsent: Int64?

  public init(name: String, url: String) {
    self.name = name
    self.url = url
  }

  public init(_ queue: QueueSnapshot) {
    self.init(name: queue.name, url: queue.url)
    state = queue.path?.state ?? .connected
    attemptedSamples = queue.sender.attemptedSamples
    retriedSamples = queue.sender.retriedSamples
    pendingSamples = queue.sender.pendingSamples
    queuedSamples = queue.ledger.queued.total
    refusedSamples = queue.ledger.rejected.total
    lostSamples = queue.ledger.rejected.total + queue.ledger.dropped.total + queue.gaps.lostSamples.total
    highestSent = queue.sender.highestSent
    oldestUnsent = queue.oldestUnsent
  }
}
