/// Samples of one source, in columns: what an input hands to the spool in one piece.
package struct SampleBatch: Sendable {
  /// Where they come from: a scrape target or a remote-write client. Series that come together in one order compress together.
  package var stream: UInt32
  package var references: [SeriesReference] = []
  /// The bit patterns of the values, so that NaN payloads are kept.
  package var values: [UInt64] = []
  /// Milliseconds since 1970; one entry if all samples share it.
  package var timestamps: [Int64] = []
  /// Native histograms, exemplars and metadata, as remote write 1.0 spells them.
  package var items: [OpaqueItem] = []

  package init(stream: UInt32) { self.stream = stream }

  package var count: Int { references.count }
  package var isEmpty: Bool { references.isEmpty && items.isEmpty }

  /// Samples in the sense of the ledger.
  package var sampleCount: Int { references.count + items.count { $0.kind == .histogram } }

  mutating func reserve(_ sampleCount: Int) {
    references.reserveCapacity(sampleCount)
    values.reserveCapacity(sampleCount)
    timestamps.reserveCapacity(sampleCount)
  }

  package mutating func removeAll() {
    references.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    timestamps.removeAll(keepingCapacity: true)
    items.removeAll(keepingCapacity: true)
  }

  package func timestamp(_ index: Int) -> Int64 { timestamps.count == 1 ? timestamps[0] : timestamps[index] }
}

/// A message that is kept and forwarded without looking into it.
package struct OpaqueItem: Hashable, Sendable {
  package enum Kind: UInt8, Sendable { case histogram = 1, exemplar, metadata }

  package var kind: Kind
  /// Nothing for metadata, which belongs to a metric family.
  package var series: SeriesReference?
  package var timestamp: Int64
  /// Histogram, Exemplar or MetricMetadata of remote write 1.0, in protobuf.
  package var message: [UInt8]

  package init(kind: Kind, series: SeriesReference?, timestamp: Int64, message: [UInt8]) {
    self.kind = kind
    self.series = series
    self.timestamp = timestamp
    self.message = message
  }
}

/// The value that says "this series has ended" (remote write 1.0, "stale markers").
package let staleMarkerBits: UInt64 = 0x7ff0_0000_0000_0002
