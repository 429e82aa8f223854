extension RemoteWriteDecoder {
  /// Reads a `prometheus.WriteRequest` (remote write 1.0). After a failure, forget the batch.
  /// - Parameter timestamps: milliseconds since 1970; what lies outside is refused.
  public mutating func decodeVersion1(
    _ body: Span<UInt8>,
    timestamps: ClosedRange<Int64> = .min ... .max,
    table: inout SeriesTable,
    into batch: inout SampleBatch
  ) throws(Failure) -> RemoteWriteSummary {
    var summary = RemoteWriteSummary()
    begin(timestamps, &batch)
    do throws(ByteReader.Malformed) {
      var reader = ByteReader(body)
      while !reader.isAtEnd {
        let (field, wireType) = try reader.tag()
        if field == 1, wireType == 2 {
          try series1(try reader.message(), &table, &batch, &summary)
        } else if field == 3, wireType == 2 {
          try metadata(try reader.message().array, &batch, &summary)
        } else {
          try reader.skip(wireType: wireType)
        }
      }
    } catch {
      throw failure
    }
    lastSampleCount = batch.count
    return summary
  }

  private mutating func series1(
    _ bytes: Span<UInt8>,
    _ table: inout SeriesTable,
    _ batch: inout SampleBatch,
    _ summary: inout RemoteWriteSummary
  ) throws(ByteReader.Malformed) {
    try countSeries()
    if try takeExpected(bytes, &batch, &summary) { return }
    // Labels come first from every sender there is; where one comes later, the series is read by its labels alone.
    var labelsEnd = 0
    var hasLateLabel = false
    var reader = ByteReader(bytes)
    while !reader.isAtEnd {
      let isContiguous = labelsEnd == reader.offset
      let (field, wireType) = try reader.tag()
      try reader.skip(wireType: wireType)
      if field == 1 { if isContiguous { labelsEnd = reader.offset } else { hasLateLabel = true } }
    }
    let resolved = try resolve(bytes.extracting(0..<labelsEnd), whole: bytes, isCacheable: !hasLateLabel, &table)
    var content = ByteReader(bytes)
    if !hasLateLabel { try content.skip(labelsEnd) }
    while !content.isAtEnd {
      let (field, wireType) = try content.tag()
      switch (field, wireType) {
      case (2, 2): try sample(try content.message(), resolved, &batch, &summary)
      case (3, 2): try exemplar(try content.message().array, resolved, &batch, &summary)
      case (4, 2): try histogram(try content.message(), resolved, &batch, &summary)
      default: try content.skip(wireType: wireType)
      }
    }
  }

  private mutating func resolve(
    _ labelBytes: Span<UInt8>,
    whole: Span<UInt8>,
    isCacheable: Bool,
    _ table: inout SeriesTable
  ) throws(ByteReader.Malformed) -> Resolved {
    let hash = KeyedHash(labelBytes, key: key)
    if isCacheable, let known = cache.find(hash) { return .series(known) }
    labels.removeAll()
    var reader = ByteReader(whole)
    while !reader.isAtEnd {
      let (field, wireType) = try reader.tag()
      guard field == 1, wireType == 2 else {
        try reader.skip(wireType: wireType)
        continue
      }
      try label(try reader.message())
    }
    return intern(isCacheable ? hash : nil, messageByteCount: labelBytes.count, &table)
  }

  private mutating func label(_ bytes: Span<UInt8>) throws(ByteReader.Malformed) {
    var reader = ByteReader(bytes)
    var name = bytes.extracting(0..<0)
    var value = name
    while !reader.isAtEnd {
      let (field, wireType) = try reader.tag()
      switch (field, wireType) {
      case (1, 2): name = try reader.message()
      case (2, 2): value = try reader.message()
      default: try reader.skip(wireType: wireType)
      }
    }
    labels.append(name: name, value: value)
  }
}
