/// Reads the body of a remote-write request, 1.0 or 2.0, after decompression.
///
/// One for each client: what a client's labels became is remembered by a hash of their bytes, as in a scrape.
///
/// A series or sample that can't be taken doesn't cost the others: it is left out and counted. Prometheus gives up a whole request that is
/// answered 400, so refusing the good ones for the bad one's sake would lose them.
package struct RemoteWriteDecoder {
  package enum Failure: Error, Hashable, Sendable {
    /// Not the message it says it is.
    case malformed
    case tooManySamples
  }

  /// A look at one series: what it became, or why it can't be taken.
  enum Resolved {
    case series(SeriesReference)
    case refused(RemoteWriteSummary.Refusal)
  }

  /// Beyond this the memory is better used otherwise.
  private static let cacheCountMax = 1 << 20
  let key: KeyedHash.Key
  let limits: RemoteWriteLimits
  var cache = ClientSeriesCache(countMax: cacheCountMax)
  var labels = LabelSet()
  /// What was said of metric families in this epoch, by its hash.
  var knownMetadata: Set<KeyedHash> = []
  var failure = Failure.malformed
  private var timestamps: ClosedRange<Int64> = .min ... .max
  private var seriesSeen = 0
  private var itemByteCount = 0
  private var unknownLabelByteCount = 0

  package init(key: KeyedHash.Key, limits: RemoteWriteLimits) {
    self.key = key
    self.limits = limits
  }

  /// Series remembered.
  package var seriesCount: Int { cache.count }

  /// Marks what is remembered; see `SeriesTable.sweep`.
  package func mark(into marks: inout SeriesMarks) { cache.mark(into: &marks) }

  /// Forgets series that didn't come since the last call, and which metadata came: what families are is said anew from time to time.
  package mutating func forgetUnused() {
    cache.advanceEpoch()
    forgetMetadata()
  }

  /// Takes metadata that came before for new: for when it could not be kept.
  package mutating func forgetMetadata() { knownMetadata.removeAll() }

  mutating func begin(_ timestamps: ClosedRange<Int64>) {
    failure = .malformed
    self.timestamps = timestamps
    seriesSeen = 0
    itemByteCount = 0
    unknownLabelByteCount = 0
  }

  mutating func countSeries() throws(ByteReader.Malformed) {
    seriesSeen += 1
    if seriesSeen > limits.sampleCountMax { throw tooMany() }
  }

  mutating func countUnknownLabels(_ byteCount: Int) throws(ByteReader.Malformed) {
    unknownLabelByteCount += byteCount
    if unknownLabelByteCount > limits.unknownLabelsByteCountMax { throw tooMany() }
  }

  private mutating func tooMany() -> ByteReader.Malformed {
    failure = .tooManySamples
    return ByteReader.Malformed()
  }

  private mutating func takes(_ byteCount: Int) -> Bool {
    guard byteCount <= limits.itemByteCountMax, itemByteCount + byteCount <= limits.itemsByteCountMax else {
      return false
    }
    itemByteCount += byteCount
    return true
  }

  /// Makes series of the labels that were put together, and remembers it.
  mutating func intern(_ hash: KeyedHash?, _ table: inout SeriesTable) -> Resolved {
    do throws(LabelSet.Failure) { try labels.normalize() } catch {
      return .refused(error == .tooLarge ? .labelLimit : .invalidLabels)
    }
    guard labels.count > 0 else { return .refused(.invalidLabels) }
    var byteCount = 0
    var isNamed = false
    for label in labels.labels {
      byteCount += label.name.count + label.value.count
      guard label.name.count <= limits.labelNameByteCountMax, label.value.count <= limits.labelValueByteCountMax else {
        return .refused(.labelLimit)
      }
      let name = labels.bytes.extracting(label.name)
      guard Self.isText(name), Self.isText(labels.bytes.extracting(label.value)) else {
        return .refused(.invalidLabels)
      }
      if name.equals(Self.nameLabel.span) { isNamed = true }
    }
    guard labels.count <= limits.labelCountMax, byteCount <= limits.labelsByteCountMax else {
      return .refused(.labelLimit)
    }
    guard isNamed else { return .refused(.missingName) }
    let reference = table.intern(labels)
    if let hash { cache.insert(hash, reference) }
    return .series(reference)
  }

  private static let nameLabel = Array("__name__".utf8)

  private static func isText(_ bytes: Span<UInt8>) -> Bool {
    do throws(UTF8.ValidationError) { _ = try UTF8Span(validating: bytes) } catch { return false }
    return true
  }

  private mutating func countOne(_ batch: SampleBatch) throws(ByteReader.Malformed) {
    if batch.count + batch.items.count >= limits.sampleCountMax { throw tooMany() }
  }

  mutating func sample(
    _ bytes: Span<UInt8>,
    _ resolved: Resolved,
    _ batch: inout SampleBatch,
    _ summary: inout RemoteWriteSummary
  ) throws(ByteReader.Malformed) {
    try countOne(batch)
    var reader = ByteReader(bytes)
    var value: UInt64 = 0
    var timestamp: Int64 = 0
    while !reader.isAtEnd {
      let (field, wireType) = try reader.tag()
      switch (field, wireType) {
      case (1, 1): value = try reader.littleEndian(UInt64.self)
      case (2, 0): timestamp = Int64(bitPattern: try reader.varint())
      default: try reader.skip(wireType: wireType)
      }
    }
    switch resolved {
    case .refused(let reason): summary.refuse(reason, samples: 1)
    case .series where !timestamps.contains(timestamp): summary.refuse(.timestamp, samples: 1)
    case .series(let reference):
      batch.references.append(reference)
      batch.values.append(value)
      batch.timestamps.append(timestamp)
      summary.samples += 1
    }
  }

  mutating func histogram(
    _ bytes: Span<UInt8>,
    _ resolved: Resolved,
    _ batch: inout SampleBatch,
    _ summary: inout RemoteWriteSummary
  ) throws(ByteReader.Malformed) {
    try countOne(batch)
    let timestamp = try time(bytes, field: 15)
    switch resolved {
    case .refused(let reason): summary.refuse(reason, samples: 1)
    case .series where !timestamps.contains(timestamp): summary.refuse(.timestamp, samples: 1)
    case .series where !takes(bytes.count): summary.refuse(.itemTooLarge, samples: 1)
    case .series(let reference):
      batch.items.append(OpaqueItem(kind: .histogram, series: reference, timestamp: timestamp, message: bytes.array))
      summary.histograms += 1
    }
  }

  /// - Parameter message: as 1.0 spells it.
  mutating func exemplar(
    _ message: [UInt8],
    _ resolved: Resolved,
    _ batch: inout SampleBatch,
    _ summary: inout RemoteWriteSummary
  ) throws(ByteReader.Malformed) {
    try countOne(batch)
    let timestamp = try time(message.span, field: 3)
    switch resolved {
    case .refused(let reason): summary.refuse(reason, items: 1)
    case .series where !timestamps.contains(timestamp): summary.refuse(.timestamp, items: 1)
    case .series where !takes(message.count): summary.refuse(.itemTooLarge, items: 1)
    case .series(let reference):
      batch.items.append(OpaqueItem(kind: .exemplar, series: reference, timestamp: timestamp, message: message))
      summary.exemplars += 1
    }
  }

  /// - Parameter message: as 1.0 spells it.
  mutating func metadata(
    _ message: [UInt8],
    _ batch: inout SampleBatch,
    _ summary: inout RemoteWriteSummary
  ) throws(ByteReader.Malformed) {
    try countOne(batch)
    guard takes(message.count) else { return summary.refuse(.itemTooLarge, items: 1) }
    batch.items.append(OpaqueItem(kind: .metadata, series: nil, timestamp: 0, message: message))
    summary.metadata += 1
  }

  /// The timestamp in a message that is otherwise left closed.
  private func time(_ bytes: Span<UInt8>, field wanted: Int) throws(ByteReader.Malformed) -> Int64 {
    var reader = ByteReader(bytes)
    var timestamp: Int64 = 0
    while !reader.isAtEnd {
      let (field, wireType) = try reader.tag()
      if field == wanted, wireType == 0 {
        timestamp = Int64(bitPattern: try reader.varint())
      } else {
        try reader.skip(wireType: wireType)
      }
    }
    return timestamp
  }
}
