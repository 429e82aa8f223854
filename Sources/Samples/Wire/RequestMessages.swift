/// A request taken apart into its series, to send some of them alone: how the one is found that a receiver refuses.
///
/// Reads what our own encoders wrote, of remote write 1.0 (`WriteRequest`) or 2.0 (`Request`).
public struct RequestMessages {
  let bytes: [UInt8]
  let isVersion2: Bool
  /// Of 2.0.
  private(set) var symbols: [Range<Int>] = []
  /// With their tags.
  private(set) var messages: [Range<Int>] = []
  /// By message: samples and histograms in those before; one more entry than messages.
  public private(set) var samplesBefore = [0]

  public init(_ bytes: [UInt8], isVersion2: Bool) throws(ByteReader.Malformed) {
    self.bytes = bytes
    self.isVersion2 = isVersion2
    var reader = ByteReader(bytes.span)
    while !reader.isAtEnd {
      let start = reader.offset
      let (field, wireType) = try reader.tag()
      guard wireType == 2 else { throw ByteReader.Malformed() }
      let message = try reader.message()
      if isVersion2, field == 4 {
        symbols.append(reader.offset - message.count..<reader.offset)
        continue
      }
      messages.append(start..<reader.offset)
      let samples = field == (isVersion2 ? 5 : 1) ? try Self.sampleCount(message, isVersion2) : 0
      samplesBefore.append(samplesBefore[samplesBefore.count - 1] + samples)
    }
  }

  /// Series and metadata.
  public var count: Int { messages.count }

  /// Bytes of memory held.
  public var footprint: Int {
    bytes.capacity + (symbols.capacity + messages.capacity) * MemoryLayout<Range<Int>>.stride
      + samplesBefore.capacity * MemoryLayout<Int>.stride
  }

  /// Samples and histograms of those messages.
  public func sampleCount(_ range: Range<Int>) -> Int {
    samplesBefore[range.upperBound] - samplesBefore[range.lowerBound]
  }

  /// A request of 2.0 as 1.0 spells it, message for message. Metadata stays behind: in 1.0 it isn't a series' own.
  public func version1() throws(ByteReader.Malformed) -> ByteBuffer {
    var body = ByteBuffer()
    for index in messages.indices {
      let series = try series1(index)
      body.appendField(1, series.span)
    }
    return body
  }

  private func series1(_ index: Int) throws(ByteReader.Malformed) -> [UInt8] {
    var series = ByteBuffer()
    var reader = ByteReader(bytes.span.extracting(try content(index)))
    while !reader.isAtEnd {
      let (field, wireType) = try reader.tag()
      guard wireType == 2 else {
        try reader.skip(wireType: wireType)
        continue
      }
      let message = try reader.message().array
      switch field {
      case 1: try appendLabels(message, to: &series)
      case 2: series.appendField(2, message.span)
      case 3: series.appendField(4, message.span)
      case 4:
        let exemplar = try exemplar1(message)
        series.appendField(3, exemplar.span)
      default: break
      }
    }
    return series.array
  }

  private func appendLabels(_ packed: [UInt8], to buffer: inout ByteBuffer) throws(ByteReader.Malformed) {
    for label in try referencedLabels(packed.span) {
      var message = ByteBuffer()
      message.appendField(1, label.name.span)
      message.appendField(2, label.value.span)
      buffer.appendField(1, message.span)
    }
  }

  /// All but the labels is spelled alike.
  private func exemplar1(_ message: [UInt8]) throws(ByteReader.Malformed) -> [UInt8] {
    var result = ByteBuffer()
    var reader = ByteReader(message.span)
    while !reader.isAtEnd {
      let start = reader.offset
      let (field, wireType) = try reader.tag()
      if field == 1, wireType == 2 {
        try appendLabels(try reader.message().array, to: &result)
      } else {
        try reader.skip(wireType: wireType)
        result.append(message.span.extracting(start..<reader.offset))
      }
    }
    return result.array
  }

  private static func sampleCount(_ message: Span<UInt8>, _ isVersion2: Bool) throws(ByteReader.Malformed) -> Int {
    var count = 0
    var reader = ByteReader(message)
    while !reader.isAtEnd {
      let (field, wireType) = try reader.tag()
      try reader.skip(wireType: wireType)
      if field == 2 || field == (isVersion2 ? 3 : 4) { count += 1 }
    }
    return count
  }

  /// The message behind its tag and length.
  func content(_ index: Int) throws(ByteReader.Malformed) -> Range<Int> {
    var reader = ByteReader(bytes.span.extracting(messages[index]))
    _ = try reader.tag()
    let count = try reader.message().count
    return messages[index].upperBound - count..<messages[index].upperBound
  }

  /// The bytes that say which series it is. They come first in what we write.
  private func key(_ index: Int) -> Range<Int> {
    do throws(ByteReader.Malformed) {
      let content = try content(index)
      var reader = ByteReader(bytes.span.extracting(content))
      var end = 0
      while !reader.isAtEnd {
        let (field, wireType) = try reader.tag()
        guard field == 1 else { break }
        try reader.skip(wireType: wireType)
        end = reader.offset
      }
      return content.lowerBound..<content.lowerBound + end
    } catch {
      return messages[index]
    }
  }

  /// Whether no message of `range` before this one is of the same series, so that sending it first breaks no order.
  public func isFirstOfSeries(_ index: Int, in range: Range<Int>) -> Bool {
    let own = bytes.span.extracting(key(index))
    for other in range.lowerBound..<index where bytes.span.extracting(key(other)).equals(own) { return false }
    return true
  }

  public func isSameSeries(_ left: Int, _ right: Int) -> Bool {
    bytes.span.extracting(key(left)).equals(bytes.span.extracting(key(right)))
  }

  /// One sample or histogram, with the labels of its series.
  public struct Sample: Hashable, Sendable {
    public enum Value: Hashable, Sendable {
      /// The bits of a double.
      case number(UInt64)
      /// The message of the request's version.
      case histogram([UInt8])
    }

    public let labels: [Label]
    /// Milliseconds since 1970.
    public let timestamp: Int64
    public let value: Value

    public init(labels: [Label], timestamp: Int64, value: Value) {
      self.labels = labels
      self.timestamp = timestamp
      self.value = value
    }
  }

  public struct Label: Hashable, Sendable {
    public let name: [UInt8]
    public let value: [UInt8]

    public init(name: [UInt8], value: [UInt8]) {
      self.name = name
      self.value = value
    }
  }

  /// The samples of one message; none for metadata or exemplars alone.
  public func samples(_ index: Int) throws(ByteReader.Malformed) -> [Sample] {
    guard sampleCount(index..<index + 1) > 0 else { return [] }
    var labels: [Label] = []
    var found: [(timestamp: Int64, value: Sample.Value)] = []
    var reader = ByteReader(bytes.span.extracting(try content(index)))
    while !reader.isAtEnd {
      let (field, wireType) = try reader.tag()
      guard wireType == 2 else {
        try reader.skip(wireType: wireType)
        continue
      }
      let message = try reader.message()
      switch field {
      case 1: labels += isVersion2 ? try referencedLabels(message) : [try Self.label(message)]
      case 2: found.append(try Self.sample(message))
      case isVersion2 ? 3 : 4: found.append((try Self.timestamp(message), .histogram(message.array)))
      default: break
      }
    }
    return found.map { Sample(labels: labels, timestamp: $0.timestamp, value: $0.value) }
  }

  private static func label(_ message: Span<UInt8>) throws(ByteReader.Malformed) -> Label {
    var name: [UInt8] = []
    var value: [UInt8] = []
    var reader = ByteReader(message)
    while !reader.isAtEnd {
      let (field, _) = try reader.tag()
      if field == 1 { name = try reader.message().array } else { value = try reader.message().array }
    }
    return Label(name: name, value: value)
  }

  private func referencedLabels(_ packed: Span<UInt8>) throws(ByteReader.Malformed) -> [Label] {
    var labels: [Label] = []
    var reader = ByteReader(packed)
    while !reader.isAtEnd {
      let name = symbols[try reader.count(max: symbols.count - 1)]
      let value = symbols[try reader.count(max: symbols.count - 1)]
      labels.append(Label(name: Array(bytes[name]), value: Array(bytes[value])))
    }
    return labels
  }

  private static func sample(_ message: Span<UInt8>) throws(ByteReader.Malformed) -> (
    timestamp: Int64, value: Sample.Value
  ) {
    var bits: UInt64 = 0
    var timestamp: Int64 = 0
    var reader = ByteReader(message)
    while !reader.isAtEnd {
      switch try reader.tag() {
      case (1, 1): bits = try reader.littleEndian(UInt64.self)
      case (2, 0): timestamp = Int64(bitPattern: try reader.varint())
      case (_, let wireType): try reader.skip(wireType: wireType)
      }
    }
    return (timestamp, .number(bits))
  }

  /// Of a histogram: field 15 in either version.
  private static func timestamp(_ message: Span<UInt8>) throws(ByteReader.Malformed) -> Int64 {
    var timestamp: Int64 = 0
    var reader = ByteReader(message)
    while !reader.isAtEnd {
      let (field, wireType) = try reader.tag()
      if field == 15, wireType == 0 {
        timestamp = Int64(bitPattern: try reader.varint())
      } else {
        try reader.skip(wireType: wireType)
      }
    }
    return timestamp
  }
}
