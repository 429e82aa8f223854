/// Reads the body of a remote-write request, 1.0 or 2.0, after decompression.
///
/// One for each client: what a client's labels became is remembered by a hash of their bytes, as in a scrape.
///
/// A series or sample that can't be taken doesn't cost the others: it is left out and counted. Prometheus gives up a whole request that is
/// answered 400, so refusing the good ones for the bad one's sake would lose them.
public struct RemoteWriteDecoder {
  public enum Failure: Error, Hashable, Sendable {
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
  /// Of the request before.
  var lastSampleCount = 0
  /// Samples that memory is taken for before they are there.
  private static let reservedCountMax = 20_000

  public init(key: KeyedHash.Key, limits: RemoteWriteLimits) {
    self.key = key
    self.limits = limits
  }

  /// Series remembered.
  public var seriesCount: Int { cache.count }

  /// Marks what is remembered; see `SeriesTable.sweep`.
  public func mark(into marks: inout SeriesMarks) { cache.mark(into: &marks) }

  /// Forgets series that didn't come since the last call, and which metadata came: what families are is said anew from time to time.
  public mutating func forgetUnused() {
    cache.advanceEpoch()
    forgetMetadata()
  }

  /// Takes metadata that came before for new: for when it could not be kept.
  public mutating func forgetMetadata() { knownMetadata.removeAll() }

  mutating func begin(_ timestamps: ClosedRange<Int64>, _ batch: inout SampleBatch) {
    // Requests of one sender are alike.
    batch.reserve(min(lastSampleCount, Self.reservedCountMax))
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
  /// - Parameters:
  ///   - hash: of what stands for the labels in the message; nothing where they aren't to be remembered.
  ///   - messageByteCount: of the labels in the message, where they lie there in one piece.
  mutating func intern(_ hash: KeyedHash?, messageByteCount: Int?, _ table: inout SeriesTable) -> Resolved {
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
    if let hash { cache.insert(hash, byteCount: messageByteCount, reference) }
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
    case .series(let reference): append(reference, value, timestamp, &batch, &summary)
    }
  }

  @inline(__always)
  private func append(
    _ reference: SeriesReference,
    _ value: UInt64,
    _ timestamp: Int64,
    _ batch: inout SampleBatch,
    _ summary: inout RemoteWriteSummary
  ) {
    guard timestamps.contains(timestamp) else { return summary.refuse(.timestamp, samples: 1) }
    batch.references.append(reference)
    batch.values.append(value)
    batch.timestamps.append(timestamp)
    summary.samples += 1
  }

  /// Takes a series of 1.0 that is the one expected next and brings one sample and nothing else, which nearly all are: what was known of its labels
  /// isn't looked into again.
  /// - Returns: false for any other, which is left as it was.
  @inline(__always)
  mutating func takeExpected(
    _ bytes: Span<UInt8>,
    _ batch: inout SampleBatch,
    _ summary: inout RemoteWriteSummary
  ) throws(ByteReader.Malformed) -> Bool {
    guard let start = cache.expectedByteCount, let (value, timestamp) = Self.onlySample(bytes, from: start) else {
      return false
    }
    guard let reference = cache.expected(KeyedHash(bytes.extracting(0..<start), key: key)) else { return false }
    try countOne(batch)
    append(reference, value, timestamp, &batch, &summary)
    return true
  }

  /// The sample that is all there is in a series from `start` on, in the order in which every sender writes it; a value of +0 may be left out.
  @inline(__always)
  private static func onlySample(_ bytes: Span<UInt8>, from start: Int) -> (value: UInt64, timestamp: Int64)? {
    var index = start + 2
    // Field 2 of the series, and its length: one byte says that of any sample.
    guard index < bytes.count, bytes[start] == 0x12, Int(bytes[start + 1]) == bytes.count - index else { return nil }
    var value: UInt64 = 0
    if bytes[index] == 0x09 {
      guard bytes.count - index > 9 else { return nil }
      value = bytes.littleEndian(at: index + 1, as: UInt64.self)
      index += 9
    }
    guard bytes[index] == 0x10 else { return nil }
    index += 1
    var timestamp: UInt64 = 0
    var shift: UInt64 = 0
    while index < bytes.count, shift < 63 {
      let byte = bytes[index]
      timestamp |= UInt64(byte & 0x7f) << shift
      index += 1
      if byte < 0x80 { return index == bytes.count ? (value, Int64(bitPattern: timestamp)) : nil }
      shift += 7
    }
    return nil
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
