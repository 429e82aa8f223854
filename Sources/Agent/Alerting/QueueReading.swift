package import Model

/// What the alerts want to know of a queue at one moment.
package struct QueueReading: Hashable, Sendable {
  package var name: String
  /// Secrets may be in it, no label shows them.
  package var url: String
  package var state = PartitionState.connected
  package var attemptedSamples: UInt64 = 0
  package var retriedSamples: UInt64 = 0
  package var pendingSamples: UInt64 = 0
  package var queuedSamples: UInt64 = 0
  /// Refused, dropped, or missing at the centre and here.
  package var lostSamples: UInt64 = 0
  package var refusedSamples: UInt64 = 0
  /// Milliseconds since 1970.
  package var highestSent: Int64?
  package var oldestUnsent: Int64?

  package init(name: String, url: String) {
    self.name = name
    self.url = url
  }

  package init(_ queue: QueueSnapshot) {
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
