/// What is to be sent again, and how.
public struct RefillPlan: Hashable, Sendable {
  public var ranges: Set<HeldRange>
  public var grid: TimeGrid
  public var samplesPerRequestMax: Int
  /// Before compression, about.
  public var requestByteCountMax = 4 << 20

  init(_ ranges: Set<HeldRange>, _ configuration: SyncConfiguration) {
    self.ranges = ranges
    grid = configuration.grid
    samplesPerRequestMax = configuration.samplesPerRequestMax
  }
}

/// Samples that go again, as a request of remote write 1.0 before compression.
public struct ReplayBatch: Hashable, Sendable {
  public var message: [UInt8] = []
  public var sampleCount = 0
  /// Samples that turned out not to be readable on the way.
  public var unreadableSamples: UInt64 = 0
  /// Nothing follows.
  public var isLast = true
  /// Why nothing can be read.
  public var failure: String?

  public init(failure: String? = nil) { self.failure = failure }
}
