/// Samples of one source, in columns: what an input hands to the spool in one piece.
public struct SampleBatch: Sendable {
  /// Where they come from: a scrape target or a remote-write client. Series that come together in one order compress together.
  public var stream: UInt32
  public var references: [SeriesReference] = []
  /// The bit patterns of the values, so that NaN payloads are kept.
  public var values: [UInt64] = []
  /// Milliseconds since 1970; one entry if all samples share it.
  public var timestamps: [Int64] = []
  /// Native histograms, exemplars and metadata, as remote write 1.0 spells them.
  public var items: [OpaqueItem] = []

  public init(stream: UInt32) { self.stream = stream }

  public var count: Int { references.count }
  public var isEmpty: Bool { references.isEmpty && items.isEmpty }

  /// Samples in the sense of the ledger.
  public var sampleCount: Int { references.count + items.count { $0.kind == .histogram } }

  mutating func reserve(_ sampleCount: Int) {
    references.reserveCapacity(sampleCount)
    values.reserveCapacity(sampleCount)
    timestamps.reserveCapacity(sampleCount)
  }

  public mutating func removeAll() {
    references.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    timestamps.removeAll(keepingCapacity: true)
    items.removeAll(keepingCapacity: true)
  }

  public func timestamp(_ index: Int) -> Int64 { timestamps.count == 1 ? timestamps[0] : timestamps[index] }
}

/// A message that is kept and forwarded without looking into it.
public struct OpaqueItem: Hashable, Sendable {
  public enum Kind: UInt8, Sendable { case histogram = 1, exemplar, metadata }

  public var kind: Kind
  /// Nothing for metadata, which belongs to a metric family.
  public var series: SeriesReference?
  public var timestamp: Int64
  /// Histogram, Exemplar or MetricMetadata of remote write 1.0, in protobuf.
  public var message: [UInt8]

  public init(kind: Kind, series: SeriesReference?, timestamp: Int64, message: [UInt8]) {
    self.kind = kind
    self.series = series
    self.timestamp = timestamp
    self.message = message
  }
}

/// The value that says "this series has ended" (remote write 1.0, "stale markers").
public let staleMarkerBits: UInt64 = 0x7ff0_0000_0000_0002
