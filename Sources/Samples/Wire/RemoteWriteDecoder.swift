/// Reads the body of a remote-write request, 1.0 or 2.0, after decompression.
///
/// One for each client: what a client's labels became is remembered by a hash of their bytes, as in a scrape.
package struct RemoteWriteDecoder {
  package enum Failure: Error, Hashable, Sendable {
    /// Not the message it says it is.
    case malformed
    /// Labels that no receiver takes. (Unsorted ones are sorted.)
    case invalidLabels
    case tooManySamples
  }

  /// What was read, by the counts that a 2.0 answer states.
  package struct Summary: Hashable, Sendable {
    package var samples = 0
    package var histograms = 0
    package var exemplars = 0
    package var metadata = 0
  }

  /// Beyond this the memory is better used otherwise, and the cache begins anew.
  private static let cacheCountMax = 1 << 20
  private let key: KeyedHash.Key
  private let sampleCountMax: Int
  private var cache: [KeyedHash: SeriesReference] = [:]
  private var labels = LabelSet()
  private var failure = Failure.malformed

  package init(key: KeyedHash.Key, sampleCountMax: Int) {
    self.key = key
    self.sampleCountMax = sampleCountMax
  }

  /// Reads a `prometheus.WriteRequest` (remote write 1.0). After a failure, forget the batch.
  package mutating func decodeVersion1(
    _ body: Span<UInt8>,
    table: inout SeriesTable,
    into batch: inout SampleBatch
  ) throws(Failure) -> Summary {
    var summary = Summary()
    failure = .malformed
    do throws(ByteReader.Malformed) {
      var reader = ByteReader(body)
      while !reader.isAtEnd {
        let (field, wireType) = try reader.tag()
        if field == 1, wireType == 2 {
          try series1(try reader.message(), &table, &batch, &summary)
        } else if field == 3, wireType == 2 {
          let message = try reader.message().array
          batch.items.append(OpaqueItem(kind: .metadata, series: nil, timestamp: 0, message: message))
          summary.metadata += 1
        } else {
          try reader.skip(wireType: wireType)
        }
      }
    } catch {
      throw failure
    }
    return summary
  }

  private mutating func series1(
    _ bytes: Span<UInt8>,
    _ table: inout SeriesTable,
    _ batch: inout SampleBatch,
    _ summary: inout Summary
  ) throws(ByteReader.Malformed) {
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
    let reference = try reference(bytes.extracting(0..<labelsEnd), whole: bytes, isCacheable: !hasLateLabel, &table)
    var samples = ByteReader(bytes)
    while !samples.isAtEnd {
      let (field, wireType) = try samples.tag()
      switch (field, wireType) {
      case (2, 2): try sample(try samples.message(), reference, &batch, &summary)
      case (3, 2):
        let message = try samples.message()
        batch.items.append(
          OpaqueItem(kind: .exemplar, series: reference, timestamp: try time(message, field: 3), message: message.array)
        )
        summary.exemplars += 1
      case (4, 2): try histogram(try samples.message(), reference, &batch, &summary)
      default: try samples.skip(wireType: wireType)
      }
    }
  }

  private mutating func reference(
    _ labelBytes: Span<UInt8>,
    whole: Span<UInt8>,
    isCacheable: Bool,
    _ table: inout SeriesTable
  ) throws(ByteReader.Malformed) -> SeriesReference {
    let hash = KeyedHash(labelBytes, key: key)
    if isCacheable, let known = cache[hash] { return known }
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
    return try intern(isCacheable ? hash : nil, &table)
  }

  private mutating func label(_ bytes: Span<UInt8>) throws(ByteReader.Malformed) {
    var reader = ByteReader(bytes)
    var name: [UInt8] = []
    var value: [UInt8] = []
    while !reader.isAtEnd {
      let (field, wireType) = try reader.tag()
      switch (field, wireType) {
      case (1, 2): name = try reader.message().array
      case (2, 2): value = try reader.message().array
      default: try reader.skip(wireType: wireType)
      }
    }
    labels.append(name: name.span, value: value.span)
  }

  private mutating func intern(_ hash: KeyedHash?, _ table: inout SeriesTable) throws(ByteReader.Malformed)
    -> SeriesReference
  {
    do throws(LabelSet.Failure) { try labels.normalize() } catch {
      failure = .invalidLabels
      throw ByteReader.Malformed()
    }
    for index in 0..<labels.count
    where String(validating: labels.name(index), as: UTF8.self) == nil
      || String(validating: labels.value(index), as: UTF8.self) == nil
    {
      failure = .invalidLabels
      throw ByteReader.Malformed()
    }
    guard labels.count > 0 else {
      failure = .invalidLabels
      throw ByteReader.Malformed()
    }
    let reference = table.intern(labels)
    if let hash {
      if cache.count >= Self.cacheCountMax { cache.removeAll() }
      cache[hash] = reference
    }
    return reference
  }

  private mutating func count(_ batch: SampleBatch) throws(ByteReader.Malformed) {
    guard batch.count + batch.items.count < sampleCountMax else {
      failure = .tooManySamples
      throw ByteReader.Malformed()
    }
  }

  private mutating func sample(
    _ bytes: Span<UInt8>,
    _ reference: SeriesReference,
    _ batch: inout SampleBatch,
    _ summary: inout Summary
  ) throws(ByteReader.Malformed) {
    try count(batch)
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
    batch.references.append(reference)
    batch.values.append(value)
    batch.timestamps.append(timestamp)
    summary.samples += 1
  }

  private mutating func histogram(
    _ bytes: Span<UInt8>,
    _ reference: SeriesReference,
    _ batch: inout SampleBatch,
    _ summary: inout Summary
  ) throws(ByteReader.Malformed) {
    try count(batch)
    batch.items.append(
      OpaqueItem(kind: .histogram, series: reference, timestamp: try time(bytes, field: 15), message: bytes.array)
    )
    summary.histograms += 1
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

  // MARK: 2.0

  /// Reads an `io.prometheus.write.v2.Request`. What 2.0 says with symbols is kept as 1.0 says it.
  package mutating func decodeVersion2(
    _ body: Span<UInt8>,
    table: inout SeriesTable,
    into batch: inout SampleBatch
  ) throws(Failure) -> Summary {
    var summary = Summary()
    failure = .malformed
    do throws(ByteReader.Malformed) {
      var symbols: [Range<Int>] = []
      var reader = ByteReader(body)
      while !reader.isAtEnd {
        let (field, wireType) = try reader.tag()
        if field == 4, wireType == 2 {
          let count = try reader.message().count
          symbols.append(reader.offset - count..<reader.offset)
        } else {
          try reader.skip(wireType: wireType)
        }
      }
      // The first symbol is the empty text.
      if let first = symbols.first, !first.isEmpty { throw ByteReader.Malformed() }
      var series = ByteReader(body)
      while !series.isAtEnd {
        let (field, wireType) = try series.tag()
        if field == 5, wireType == 2 {
          try series2(try series.message(), body, symbols, &table, &batch, &summary)
        } else {
          try series.skip(wireType: wireType)
        }
      }
    } catch {
      throw failure
    }
    return summary
  }

  private mutating func series2(
    _ bytes: Span<UInt8>,
    _ body: Span<UInt8>,
    _ symbols: [Range<Int>],
    _ table: inout SeriesTable,
    _ batch: inout SampleBatch,
    _ summary: inout Summary
  ) throws(ByteReader.Malformed) {
    let numbers = try references(bytes)
    labels.removeAll()
    for (name, value) in try pairs(numbers, symbols) {
      labels.append(name: body.extracting(name), value: body.extracting(value))
    }
    let family = labels.value(of: "__name__") ?? ""
    let reference = try intern(nil, &table)
    var reader = ByteReader(bytes)
    while !reader.isAtEnd {
      let (field, wireType) = try reader.tag()
      switch (field, wireType) {
      case (2, 2): try sample(try reader.message(), reference, &batch, &summary)
      case (3, 2): try histogram(try reader.message(), reference, &batch, &summary)
      case (4, 2):
        let message = try reader.message()
        let exemplar = try exemplar(message, body, symbols)
        batch.items.append(
          OpaqueItem(kind: .exemplar, series: reference, timestamp: try time(message, field: 3), message: exemplar)
        )
        summary.exemplars += 1
      case (5, 2):
        if let metadata = try metadata(try reader.message(), body, symbols, family: family) {
          batch.items.append(OpaqueItem(kind: .metadata, series: nil, timestamp: 0, message: metadata))
          summary.metadata += 1
        }
      default: try reader.skip(wireType: wireType)
      }
    }
  }

  /// Field 1 of a series or exemplar: symbols of names and values, packed or one by one.
  private func references(_ bytes: Span<UInt8>) throws(ByteReader.Malformed) -> [Int] {
    var numbers: [Int] = []
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
    return numbers
  }

  private func pairs(_ numbers: [Int], _ symbols: [Range<Int>]) throws(ByteReader.Malformed) -> [(
    Range<Int>, Range<Int>
  )] {
    guard numbers.count % 2 == 0, numbers.allSatisfy({ $0 < symbols.count }) else { throw ByteReader.Malformed() }
    return stride(from: 0, to: numbers.count, by: 2).map { (symbols[numbers[$0]], symbols[numbers[$0 + 1]]) }
  }

  /// An exemplar of 2.0 as 1.0 spells it.
  private func exemplar(
    _ bytes: Span<UInt8>,
    _ body: Span<UInt8>,
    _ symbols: [Range<Int>]
  ) throws(ByteReader.Malformed) -> [UInt8] {
    var message = ByteBuffer()
    for (name, value) in try pairs(try references(bytes), symbols) {
      var label = ByteBuffer()
      label.appendField(1, body.extracting(name))
      label.appendField(2, body.extracting(value))
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

  /// Metadata of 2.0, which belongs to a series, as 1.0's, which belongs to a family. Nothing if it says nothing.
  private func metadata(
    _ bytes: Span<UInt8>,
    _ body: Span<UInt8>,
    _ symbols: [Range<Int>],
    family: String
  ) throws(ByteReader.Malformed) -> [UInt8]? {
    var type: UInt64 = 0
    var help = 0
    var unit = 0
    var reader = ByteReader(bytes)
    while !reader.isAtEnd {
      let (field, wireType) = try reader.tag()
      switch (field, wireType) {
      case (1, 0): type = try reader.varint()
      case (3, 0): help = try reader.count(max: symbols.count - 1)
      case (4, 0): unit = try reader.count(max: symbols.count - 1)
      default: try reader.skip(wireType: wireType)
      }
    }
    if type == 0, help == 0, unit == 0 { return nil }
    var message = ByteBuffer()
    message.append(0x08)
    message.append(varint: type)
    message.appendField(2, Array(family.utf8).span)
    if help > 0 { message.appendField(4, body.extracting(symbols[help])) }
    if unit > 0 { message.appendField(5, body.extracting(symbols[unit])) }
    return message.array
  }
}

extension ByteBuffer {
  /// A length-delimited field.
  mutating func appendField(_ number: UInt8, _ bytes: Span<UInt8>) {
    append(number << 3 | 2)
    append(varint: bytes.count)
    append(bytes)
  }
}
