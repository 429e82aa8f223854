/// Reads what a target exposes: Prometheus' text format 0.0.4 and OpenMetrics 1.0.
///
/// Nothing is kept of a sample's text: a series that was seen before costs a hash of its bytes and the reading of its number.
public struct ExpositionParser {
  /// What a scrape came to.
  public struct Summary: Hashable, Sendable {
    /// Samples in the exposition, whatever relabeling did to them.
    public var exposed = 0
    public var added = 0
    /// Series, kept by relabeling, that the target's scrape before hadn't.
    public var newSeries = 0
    /// Samples left out because their series was there already.
    public var duplicates = 0
    /// Samples left out because a label stands twice in their series.
    public var refused = 0
    /// Samples left out because of a timestamp far from now.
    public var outOfRange = 0
    /// Exemplars that are new since the scrape before.
    public var exemplars = 0
    /// Exemplars left out because no receiver would take them.
    public var refusedExemplars = 0
    /// Samples, kept by relabeling, beyond as many as may be taken.
    var beyondLimit = 0
    /// Series that the scrape before had and this one hasn't: to be ended by a stale marker.
    public var ended: [SeriesReference] = []

    /// Samples left after relabeling, those left out for another reason included.
    public var kept: Int { added + duplicates + refused + outOfRange + beyondLimit }
  }

  private let format: ExpositionFormat
  private let limits: ExpositionLimits
  private let timestamps: ExplicitTimestamps
  private var labels = LabelSet()
  private var line = 1
  /// Of the first sample too many.
  private var limitLine: Int?
  /// What the last scrape had come to when it failed.
  public private(set) var progress = Summary()

  public init(format: ExpositionFormat, limits: ExpositionLimits, timestamps: ExplicitTimestamps = .honored) {
    self.format = format
    self.limits = limits
    self.timestamps = timestamps
  }

  /// - Parameters:
  ///   - defaultTimestamp: for samples that bring none. Milliseconds since 1970.
  ///   - cache: the target's; after a failure, call its `endAll`.
  ///   - batch: receives the samples; after a failure, forget it.
  ///   - keeps: called where samples are only counted, since they are too many: whether relabeling keeps a series.
  ///   - resolve: called for each series that is new, to relabel it and to name it; what it throws fails the scrape. The labels are sorted, and
  ///     those without a value are still there: `honor_labels` reads something into them.
  public mutating func parse(
    _ body: [UInt8],
    defaultTimestamp: Int64,
    cache: inout ScrapeCache,
    into batch: inout SampleBatch,
    keeps: (inout LabelSet) throws(ExpositionFailure.Reason) -> Bool = { (_: inout LabelSet) in true },
    resolve: (inout LabelSet) throws(ExpositionFailure.Reason) -> ScrapedSeries
  ) throws(ExpositionFailure) -> Summary {
    var summary = Summary()
    do throws(ExpositionFailure) {
      try parse(body, defaultTimestamp, &cache, &batch, &summary, keeps, resolve)
    } catch {
      progress = summary
      progress.newSeries = cache.newSeriesSoFar
      throw error
    }
    let changes = cache.commit()
    summary.newSeries = changes.newSeries
    summary.ended = changes.ended
    return summary
  }

  private mutating func parse(
    _ body: [UInt8],
    _ defaultTimestamp: Int64,
    _ cache: inout ScrapeCache,
    _ batch: inout SampleBatch,
    _ summary: inout Summary,
    _ keeps: (inout LabelSet) throws(ExpositionFailure.Reason) -> Bool,
    _ resolve: (inout LabelSet) throws(ExpositionFailure.Reason) -> ScrapedSeries
  ) throws(ExpositionFailure) {
    line = 1
    limitLine = nil
    cache.begin()
    // And what is to be said of the scrape itself.
    batch.references.reserveCapacity(cache.count + 16)
    batch.values.reserveCapacity(cache.count + 16)
    let bytes = body.span
    var index = 0
    var isEnded = false
    var isUniform = true
    while index < bytes.count {
      if isEnded { throw failure(.dataAfterEndOfFile) }
      switch bytes[index] {
      case UInt8(ascii: "\n"):
        // OpenMetrics knows no empty lines.
        if format == .openMetrics { throw failure(.unexpectedByte) }
        index += 1
      case UInt8(ascii: "#"):
        let end = bytes.firstIndex(of: UInt8(ascii: "\n"), from: index, before: bytes.count) ?? bytes.count
        if format == .openMetrics, end - index == 5, bytes.extracting(index..<end).equals(Self.endOfFile.span) {
          isEnded = true
        }
        index = min(end + 1, bytes.count)
      case UInt8(ascii: " "), UInt8(ascii: "\t"):
        index += 1
        continue
      case _ where summary.added >= limits.keptSampleCountMax:
        try countSample(bytes, &index, defaultTimestamp, &cache, &summary, keeps: keeps)
      default:
        if isUniform, takeExpected(bytes, &index, &cache, &batch, &summary) { break }
        try parseSample(
          bytes,
          &index,
          defaultTimestamp,
          &cache,
          &batch,
          &summary,
          isUniform: &isUniform,
          resolve: resolve
        )
      }
      line += 1
    }
    if format == .openMetrics, !isEnded { throw failure(.missingEndOfFile) }
    if let limitLine { throw ExpositionFailure(.sampleLimit, line: limitLine) }
    if isUniform, !batch.references.isEmpty { batch.timestamps.append(defaultTimestamp) }
  }

  private static let endOfFile = Array("# EOF".utf8)

  private func failure(_ reason: ExpositionFailure.Reason) -> ExpositionFailure {
    ExpositionFailure(reason, line: line)
  }

  @inline(__always)
  private mutating func parseSample(
    _ bytes: Span<UInt8>,
    _ index: inout Int,
    _ defaultTimestamp: Int64,
    _ cache: inout ScrapeCache,
    _ batch: inout SampleBatch,
    _ summary: inout Summary,
    isUniform: inout Bool,
    resolve: (inout LabelSet) throws(ExpositionFailure.Reason) -> ScrapedSeries
  ) throws(ExpositionFailure) {
    let entry = try series(bytes, &index, &cache, &summary, resolve)
    let line = try rest(bytes, &index, defaultTimestamp)
    let (timestamp, hasTimestamp) = (line.timestamp, line.hasTimestamp)
    summary.exposed += 1
    guard summary.exposed <= limits.sampleCountMax else { throw failure(.tooManySamples) }
    let seen = cache.see(entry, hasOwnTime: hasTimestamp && !timestamps.endsWithMarker)
    guard let reference = seen.reference else {
      if seen.isRefused { summary.refused += 1 }
      return
    }
    guard seen.generation != cache.generation || hasTimestamp else {
      summary.duplicates += 1
      return
    }
    if hasTimestamp, !timestamps.range.contains(timestamp) {
      summary.outOfRange += 1
      return
    }
    if isUniform, timestamp != defaultTimestamp {
      isUniform = false
      batch.timestamps.append(contentsOf: repeatElement(defaultTimestamp, count: batch.count))
    }
    batch.references.append(reference)
    batch.values.append(line.value)
    if !isUniform { batch.timestamps.append(timestamp) }
    summary.added += 1
    if !line.exemplar.isEmpty {
      take(bytes.extracting(line.exemplar), reference, at: timestamp, &cache, &batch, &summary)
    }
  }

  /// What stands behind a series.
  private struct Rest {
    var value: UInt64
    /// The scrape's where the line has none that counts.
    var timestamp: Int64
    var hasTimestamp = false
    /// From after its `#`.
    var exemplar = 0..<0
  }

  @inline(__always)
  private mutating func rest(_ bytes: Span<UInt8>, _ index: inout Int, _ defaultTimestamp: Int64)
    throws(ExpositionFailure) -> Rest
  {
    while index < bytes.count, Self.isBlank(bytes[index]) { index += 1 }
    let start = index
    while index < bytes.count, !Self.endsToken(bytes[index]) { index += 1 }
    guard let value = NumberText.bits(bytes, start..<index) else { throw failure(.value) }
    var line = Rest(value: value, timestamp: defaultTimestamp)
    while index < bytes.count, Self.isBlank(bytes[index]) { index += 1 }
    if index < bytes.count, bytes[index] != UInt8(ascii: "\n") {
      if bytes[index] != UInt8(ascii: "#") {
        let start = index
        while index < bytes.count, !Self.endsToken(bytes[index]) { index += 1 }
        guard index > start else { throw failure(.unexpectedByte) }
        guard let parsed = self.timestamp(bytes, start..<index) else { throw failure(.timestamp) }
        if timestamps.isHonored {
          line.timestamp = parsed
          line.hasTimestamp = true
        }
        while index < bytes.count, Self.isBlank(bytes[index]) { index += 1 }
      }
      if index < bytes.count, bytes[index] == UInt8(ascii: "#"), format == .openMetrics {
        let start = index + 1
        try skipExemplar(bytes, &index)
        line.exemplar = start..<index
      }
      guard index == bytes.count || bytes[index] == UInt8(ascii: "\n") else { throw failure(.unexpectedByte) }
    } else if format == .openMetrics, index == bytes.count {
      throw failure(.missingEndOfFile)
    }
    index += index < bytes.count ? 1 : 0
    return line
  }

  /// A line once as many samples were taken as may be. One more that relabeling keeps is one too many; the scrape has failed then, and what
  /// comes is counted and not remembered.
  @inline(never)
  private mutating func countSample(
    _ bytes: Span<UInt8>,
    _ index: inout Int,
    _ defaultTimestamp: Int64,
    _ cache: inout ScrapeCache,
    _ summary: inout Summary,
    keeps: (inout LabelSet) throws(ExpositionFailure.Reason) -> Bool
  ) throws(ExpositionFailure) {
    guard let end = SeriesText.end(bytes, from: index, before: bytes.count) else { throw failure(.metricName) }
    let text = bytes.extracting(index..<end)
    let hash = KeyedHash(text, key: cache.key)
    index = end
    var isKept = true
    var entry = cache.find(hash)
    if let entry {
      isKept = cache.entries[entry].reference != nil || cache.entries[entry].isRefused
    } else if summary.beyondLimit < Self.relabeledBeyondLimitMax {
      isKept = try isKeptUnseen(text, &summary, keeps)
      if !isKept, limitLine == nil { entry = cache.insert(hash, byteCount: text.count, .dropped) }
    }
    let rest = try self.rest(bytes, &index, defaultTimestamp)
    summary.exposed += 1
    guard summary.exposed <= limits.sampleCountMax else { throw failure(.tooManySamples) }
    if isKept {
      limitLine = limitLine ?? line
      summary.beyondLimit += 1
    } else if let entry {
      _ = cache.see(entry, hasOwnTime: rest.hasTimestamp && !timestamps.endsWithMarker)
    }
  }

  private mutating func isKeptUnseen(
    _ text: Span<UInt8>,
    _ summary: inout Summary,
    _ keeps: (inout LabelSet) throws(ExpositionFailure.Reason) -> Bool
  ) throws(ExpositionFailure) -> Bool {
    if let reason = SeriesText.parse(text, limits: limits, into: &labels) {
      guard reason == .duplicateLabel else { throw labelFailure(reason, &summary) }
      return true
    }
    do throws(ExpositionFailure.Reason) { return try keeps(&labels) } catch { throw labelFailure(error, &summary) }
  }

  /// Relabeling costs more than counting: what lies further beyond the limit counts as kept.
  private static let relabeledBeyondLimitMax = 50_000

  /// A series whose labels are at fault was exposed, as Prometheus counts.
  private func labelFailure(_ reason: ExpositionFailure.Reason, _ summary: inout Summary) -> ExpositionFailure {
    switch reason {
    case .tooManyLabels, .labelNameTooLong, .labelValueTooLong, .nameRelabeledAway: summary.exposed += 1
    default: break
    }
    return failure(reason)
  }

  /// Takes a line that is the series expected next, a blank, a plain number and the line's end, which nearly all are.
  /// - Returns: false for any other, and where a limit is reached; then nothing was taken.
  @inline(__always)
  private func takeExpected(
    _ bytes: Span<UInt8>,
    _ index: inout Int,
    _ cache: inout ScrapeCache,
    _ batch: inout SampleBatch,
    _ summary: inout Summary
  ) -> Bool {
    guard let count = cache.expectedByteCount, index + count < bytes.count - NumberText.plainByteCountMax,
      bytes[index + count] == UInt8(ascii: " "),
      let (value, end) = NumberText.plain(bytes, from: index + count + 1), bytes[end] == UInt8(ascii: "\n"),
      summary.exposed < limits.sampleCountMax, summary.added < limits.keptSampleCountMax,
      let entry = cache.seeExpected(KeyedHash(bytes.extracting(index..<index + count), key: cache.key))
    else { return false }
    index = end + 1
    summary.exposed += 1
    guard let reference = entry.reference else {
      if entry.isRefused { summary.refused += 1 }
      return true
    }
    batch.references.append(reference)
    batch.values.append(value)
    summary.added += 1
    return true
  }

  /// The cache's entry for the series at `index`, which then stands behind it.
  @inline(__always)
  private mutating func series(
    _ bytes: Span<UInt8>,
    _ index: inout Int,
    _ cache: inout ScrapeCache,
    _ summary: inout Summary,
    _ resolve: (inout LabelSet) throws(ExpositionFailure.Reason) -> ScrapedSeries
  ) throws(ExpositionFailure) -> Int {
    if let count = cache.expectedByteCount, index + count < bytes.count, Self.isBlank(bytes[index + count]) {
      let hash = KeyedHash(bytes.extracting(index..<index + count), key: cache.key)
      if let entry = cache.expected(hash) {
        index += count
        return entry
      }
    }
    guard let end = SeriesText.end(bytes, from: index, before: bytes.count) else { throw failure(.metricName) }
    let text = bytes.extracting(index..<end)
    let hash = KeyedHash(text, key: cache.key)
    index = end
    if let entry = cache.find(hash) { return entry }
    // Bounded before memory is given for one more series.
    guard summary.exposed < limits.sampleCountMax else { throw failure(.tooManySamples) }
    if let reason = SeriesText.parse(text, limits: limits, into: &labels) {
      guard reason == .duplicateLabel else { throw labelFailure(reason, &summary) }
      return cache.insert(hash, byteCount: text.count, .refused)
    }
    let series: ScrapedSeries
    do throws(ExpositionFailure.Reason) { series = try resolve(&labels) } catch { throw labelFailure(error, &summary) }
    return cache.insert(hash, byteCount: text.count, series)
  }

  private func timestamp(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int64? {
    if format == .text { return NumberText.integer(bytes, range) }
    guard let bits = NumberText.bits(bytes, range) else { return nil }
    let milliseconds = Double(bitPattern: bits) * 1000
    // Also false for NaN.
    guard abs(milliseconds) < 9e15 else { return nil }
    return Int64(milliseconds.rounded())
  }

  /// ` # {label="value"} value [timestamp]`
  private mutating func skipExemplar(_ bytes: Span<UInt8>, _ index: inout Int) throws(ExpositionFailure) {
    index += 1
    while index < bytes.count, Self.isBlank(bytes[index]) { index += 1 }
    guard index < bytes.count, bytes[index] == UInt8(ascii: "{"),
      let end = SeriesText.end(bytes, from: index, before: bytes.count)
    else { throw failure(.exemplar) }
    index = end
    var numbers = 0
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") {
      guard Self.isBlank(bytes[index]) else { throw failure(.exemplar) }
      while index < bytes.count, Self.isBlank(bytes[index]) { index += 1 }
      let start = index
      while index < bytes.count, !Self.endsToken(bytes[index]) { index += 1 }
      if start == index { break }
      guard NumberText.bits(bytes, start..<index) != nil else { throw failure(.exemplar) }
      numbers += 1
    }
    guard numbers == 1 || numbers == 2 else { throw failure(.exemplar) }
  }

  /// Keeps an exemplar that the series hasn't had last.
  @inline(never)
  private mutating func take(
    _ text: Span<UInt8>,
    _ reference: SeriesReference,
    at timestamp: Int64,
    _ cache: inout ScrapeCache,
    _ batch: inout SampleBatch,
    _ summary: inout Summary
  ) {
    guard cache.isNewExemplar(KeyedHash(text, key: cache.key), of: reference) else { return }
    guard let exemplar = ExemplarText.read(text, timestamp: timestamp, into: &labels) else {
      summary.refusedExemplars += 1
      return
    }
    summary.exemplars += 1
    batch.items.append(
      OpaqueItem(kind: .exemplar, series: reference, timestamp: exemplar.timestamp, message: exemplar.message)
    )
  }

  @inline(__always)
  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  @inline(__always)
  private static func endsToken(_ byte: UInt8) -> Bool { byte <= UInt8(ascii: " ") }
}
