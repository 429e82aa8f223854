/// Builds the body of a remote-write 1.0 request (`prometheus.WriteRequest`), before compression.
///
/// Labels are sorted and unique because the spool keeps them so; the order of samples within a series is the order of appending.
public struct RemoteWriteEncoder: ~Copyable {
  private var body = ByteBuffer(minimumCapacity: 1 << 16)
  public private(set) var sampleCount = 0

  public init() {}

  /// The request so far.
  public var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    get { body.span }
  }

  public var byteCount: Int { body.count }

  public mutating func removeAll() {
    body.removeAll()
    sampleCount = 0
  }

  /// Appends samples `range` of a record.
  public mutating func append(
    _ record: borrowing DecodedRecord,
    _ range: Range<Int>,
    dictionary: borrowing SegmentDictionary
  ) {
    let series = record.series.span
    let values = record.values.span
    let timestamps = record.timestamps.span
    for index in range {
      let timestamp = UInt64(bitPattern: timestamps[index])
      let sampleByteCount = 10 + Protobuf.varintByteCount(timestamp)
      let labelByteCount = dictionary.labelByteCount(series[index])
      // TimeSeries in field 1: its labels, and one sample in field 2.
      body.append(0x0a)
      body.append(varint: labelByteCount + 2 + sampleByteCount)
      dictionary.appendLabels(series[index], to: &body)
      body.append(0x12)
      body.append(UInt8(sampleByteCount))
      body.append(0x09)
      body.append(littleEndian: values[index])
      body.append(0x10)
      body.append(varint: timestamp)
    }
    sampleCount += range.count
  }

  /// Appends opaque items `range` of a record.
  public mutating func appendItems(
    _ record: borrowing DecodedRecord,
    _ range: Range<Int>,
    dictionary: borrowing SegmentDictionary
  ) {
    for index in range {
      let item = record.items[index]
      guard let series = item.series else {
        // Metadata in field 3 of the request.
        body.append(0x1a)
        body.append(varint: item.message.count)
        body.append(item.message)
        continue
      }
      let messageByteCount = Protobuf.fieldByteCount(item.message.count)
      body.append(0x0a)
      body.append(varint: dictionary.labelByteCount(series) + messageByteCount)
      dictionary.appendLabels(series, to: &body)
      body.append(item.kind == .histogram ? 0x22 : 0x1a)
      body.append(varint: item.message.count)
      body.append(item.message)
      if item.kind == .histogram { sampleCount += 1 }
    }
  }
}
