/// The symbols of a remote-write 2.0 request while it is read.
private struct ReceivedSymbols {
  /// Where the texts lie in the body.
  var ranges: [Range<Int>] = []
  var hashes: [KeyedHash] = []
}

extension RemoteWriteDecoder {
  /// Reads an `io.prometheus.write.v2.Request`. What 2.0 says with symbols is kept as 1.0 says it. After a failure, forget the batch.
  ///
  /// The start timestamp of a sample isn't kept; a histogram's is.
  /// - Parameter timestamps: milliseconds since 1970; what lies outside is refused.
  public mutating func decodeVersion2(
    _ body: Span<UInt8>,
    timestamps: ClosedRange<Int64> = .min ... .max,
    table: inout SeriesTable,
    into batch: inout SampleBatch
  ) throws(Failure) -> RemoteWriteSummary {
    var summary = RemoteWriteSummary()
    begin(timestamps, &batch)
    do throws(ByteReader.Malformed) {
      var symbols = ReceivedSymbols()
      var reader = ByteReader(body)
      while !reader.isAtEnd {
        let (field, wireType) = try reader.tag()
        if field == 4, wireType == 2 {
          let text = try reader.message()
          symbols.ranges.append(reader.offset - text.count..<reader.offset)
          symbols.hashes.append(KeyedHash(text, key: key))
        } else {
          try reader.skip(wireType: wireType)
        }
      }
      // The first symbol is the empty text.
      if let first = symbols.ranges.first, !first.isEmpty { throw ByteReader.Malformed() }
      var scratch = ByteBuffer()
      var references: [Int] = []
      var series = ByteReader(body)
      while !series.isAtEnd {
        let (field, wireType) = try series.tag()
        guard field == 5, wireType == 2 else {
          try series.skip(wireType: wireType)
          continue
        }
        try countSeries()
        let bytes = try series.message()
        references.removeAll(keepingCapacity: true)
        try Self.references(bytes, into: &references)
        let resolved = try resolve(references, body, symbols, &scratch, &table)
        try content2(bytes, resolved, body, symbols, name: Self.name(references, body, symbols), &batch, &summary)
      }
    } catch {
      throw failure
    }
    lastSampleCount = batch.count
    return summary
  }

  /// A label set is remembered by the hash of its symbols' hashes: symbols have other numbers in each request.
  private mutating func resolve(
    _ references: [Int],
    _ body: Span<UInt8>,
    _ symbols: ReceivedSymbols,
    _ scratch: inout ByteBuffer,
    _ table: inout SeriesTable
  ) throws(ByteReader.Malformed) -> Resolved {
    guard references.count % 2 == 0 else { return .refused(.invalidLabels) }
    scratch.removeAll()
    for reference in references {
      guard reference < symbols.hashes.count else { return .refused(.invalidLabels) }
      scratch.append(littleEndian: symbols.hashes[reference].low)
      scratch.append(littleEndian: symbols.hashes[reference].high)
    }
    let hash = KeyedHash(scratch.span, key: key)
    if let known = cache.find(hash) { return .series(known) }
    // A reference is a byte or two and may name a megabyte: what will be refused isn't put together first.
    var byteCount = 0
    labels.removeAll()
    for index in stride(from: 0, to: references.count, by: 2) {
      let (name, value) = (symbols.ranges[references[index]], symbols.ranges[references[index + 1]])
      byteCount += name.count + value.count
      guard byteCount <= limits.labelsByteCountMax else { return .refused(.labelLimit) }
      labels.append(name: body.extracting(name), value: body.extracting(value))
    }
    try countUnknownLabels(byteCount)
    return intern(hash, messageByteCount: nil, &table)
  }

  private mutating func content2(
    _ bytes: Span<UInt8>,
    _ resolved: Resolved,
    _ body: Span<UInt8>,
    _ symbols: ReceivedSymbols,
    name: Int?,
    _ batch: inout SampleBatch,
    _ summary: inout RemoteWriteSummary
  ) throws(ByteReader.Malformed) {
    var reader = ByteReader(bytes)
    while !reader.isAtEnd {
      let (field, wireType) = try reader.tag()
      switch (field, wireType) {
      case (2, 2): try sample(try reader.message(), resolved, &batch, &summary)
      case (3, 2): try histogram(try reader.message(), resolved, &batch, &summary)
      case (4, 2):
        let message = try reader.message()
        if let spelledOut = try spelledOutExemplar(message, body, symbols) {
          try exemplar(spelledOut, resolved, &batch, &summary)
        } else {
          summary.refuse(.invalidLabels, items: 1)
        }
      case (5, 2):
        let message = try reader.message()
        guard let name, case .series = resolved else { continue }
        try metadata2(message, body, symbols, name: name, &batch, &summary)
      default: try reader.skip(wireType: wireType)
      }
    }
  }

  /// Field 1 of a series or exemplar: symbols of names and values, packed or one by one.
  private static func references(_ bytes: Span<UInt8>, into numbers: inout [Int]) throws(ByteReader.Malformed) {
    var reader = ByteReader(bytes)
    while !reader.isAtEnd {
      let (field, wireType) = try reader.tag()
      if field == 1, wireType == 2 {
        var packed = ByteReader(try reader.message())
        while !packed.isAtEnd { numbers.append(try packed.count(max: Int(UInt32.max))) }
      } else if field == 1, wireType == 0 {
        numbers.append(try reader.count(max: Int(UInt32.max)))
      } else {
        try reader.skip(wireType: wireType)
      }
    }
  }

  /// The symbol of the value of `__name__`, if it is there.
  private static func name(_ references: [Int], _ body: Span<UInt8>, _ symbols: ReceivedSymbols) -> Int? {
    for index in stride(from: 0, to: references.count - 1, by: 2) {
      guard references[index] < symbols.ranges.count, references[index + 1] < symbols.ranges.count else { return nil }
      if body.extracting(symbols.ranges[references[index]]).equals(nameLabel.span) {
        return references[index + 1]
      }
    }
    return nil
  }

  /// An exemplar of 2.0 as 1.0 spells it; nothing if its labels aren't in the request, or are too long.
  private func spelledOutExemplar(
    _ bytes: Span<UInt8>,
    _ body: Span<UInt8>,
    _ symbols: ReceivedSymbols
  ) throws(ByteReader.Malformed) -> [UInt8]? {
    var references: [Int] = []
    try Self.references(bytes, into: &references)
    guard references.count % 2 == 0 else { return nil }
    var message = ByteBuffer()
    for index in stride(from: 0, to: references.count, by: 2) {
      guard references[index] < symbols.ranges.count, references[index + 1] < symbols.ranges.count,
        message.count <= limits.itemByteCountMax
      else { return nil }
      var label = ByteBuffer()
      label.appendField(1, body.extracting(symbols.ranges[references[index]]))
      label.appendField(2, body.extracting(symbols.ranges[references[index + 1]]))
      message.appendField(1, label.span)
    }
    var reader = ByteReader(bytes)
    while !reader.isAtEnd {
      let (field, wireType) = try reader.tag()
      switch (field, wireType) {
      case (2, 1):
        message.append(0x11)
        message.append(littleEndian: try reader.littleEndian(UInt64.self))
      case (3, 0):
        message.append(0x18)
        message.append(varint: try reader.varint())
      default: try reader.skip(wireType: wireType)
      }
    }
    return message.array
  }

  /// Takes metadata of 2.0, which belongs to a series, as 1.0's, which belongs to a family; once for each time that it is new.
  private mutating func metadata2(
    _ bytes: Span<UInt8>,
    _ body: Span<UInt8>,
    _ symbols: ReceivedSymbols,
    name: Int,
    _ batch: inout SampleBatch,
    _ summary: inout RemoteWriteSummary
  ) throws(ByteReader.Malformed) {
    var type: UInt64 = 0
    var help = 0
    var unit = 0
    var reader = ByteReader(bytes)
    while !reader.isAtEnd {
      let (field, wireType) = try reader.tag()
      switch (field, wireType) {
      case (1, 0): type = try reader.varint()
      case (3, 0): help = try reader.count(max: symbols.ranges.count - 1)
      case (4, 0): unit = try reader.count(max: symbols.ranges.count - 1)
      default: try reader.skip(wireType: wireType)
      }
    }
    if type == 0, help == 0, unit == 0 { return }
    var identity = ByteBuffer()
    identity.append(littleEndian: type)
    for symbol in [name, help, unit] {
      identity.append(littleEndian: symbols.hashes[symbol].low)
      identity.append(littleEndian: symbols.hashes[symbol].high)
    }
    if knownMetadata.count >= limits.sampleCountMax { forgetMetadata() }
    guard knownMetadata.insert(KeyedHash(identity.span, key: key)).inserted else { return }
    guard symbols.ranges[help].count + symbols.ranges[unit].count <= limits.itemByteCountMax else {
      return summary.refuse(.itemTooLarge, items: 1)
    }
    var message = ByteBuffer()
    if type > 0 {
      message.append(0x08)
      message.append(varint: type)
    }
    message.appendField(2, body.extracting(symbols.ranges[name]))
    if help > 0 { message.appendField(4, body.extracting(symbols.ranges[help])) }
    if unit > 0 { message.appendField(5, body.extracting(symbols.ranges[unit])) }
    try metadata(message.array, &batch, &summary)
  }
}

private let nameLabel = Array("__name__".utf8)
