/// What is to be sent again, and how.
package struct RefillPlan: Hashable, Sendable {
  package var ranges: Set<HeldRange>
  package var grid: TimeGrid
  package var samplesPerRequestMax: Int
  /// Before compression, about.
  package var requestByteCountMax = 4 << 20

  init(_ ranges: Set<HeldRange>, _ configuration: SyncConfiguration) {
    self.ranges = ranges
    grid = configuration.grid
    samplesPerRequestMax = configuration.samplesPerRequestMax
  }
}

/// Samples that go again, as a request of remote write 1.0 before compression.
package struct ReplayBatch: Hashable, Sendable {
  package var message: [UInt8] = []
  package var sampleCount = 0
  /// Samples that turned out not to be readable on the way.
  package var unreadableSamples: UInt64 = 0
  /// Nothing follows.
  package var isLast = true
  /// Why nothing can be read.
  package var failure: String?

  package init(failure: String? = nil) { self.failure = failure }
}
