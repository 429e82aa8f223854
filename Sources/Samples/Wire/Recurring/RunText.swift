/// What a run of series says in a request, and which of its bytes are the same each time.
struct RunText: ~Copyable {
  /// Of a sample: where its value's eight bytes begin. The tag of the timestamp follows, then the timestamp, and then the next series.
  private(set) var valueOffsets: [Int] = []
  private(set) var timestampByteCount = 0
  private var message = ByteBuffer()

  static let valueByteCount = MemoryLayout<UInt64>.size

  private(set) var byteCount = 0

  var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    get { message.span }
  }

  func timestampOffset(_ sample: Int) -> Int { valueOffsets[sample] + Self.valueByteCount + 1 }

  /// The first sample whose end lies behind `offset`.
  func sample(endingAfter offset: Int) -> Int {
    var (low, high) = (0, valueOffsets.count)
    while low < high {
      let middle = (low + high) / 2
      if timestampOffset(middle) + timestampByteCount <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func append(_ range: Range<Int>, to buffer: inout ByteBuffer) { buffer.append(message.span.extracting(range)) }

  /// Says where the values of samples lie that share one timestamp, and nothing of the text yet.
  mutating func measure(
    _ record: borrowing DecodedRecord,
    _ range: Range<Int>,
    dictionary: borrowing SegmentDictionary
  ) {
    message.removeAll()
    timestampByteCount = Protobuf.varintByteCount(UInt64(bitPattern: record.timestamps[range.lowerBound]))
    let sampleByteCount = 1 + Self.valueByteCount + 1 + timestampByteCount
    valueOffsets.removeAll(keepingCapacity: true)
    byteCount = 0
    for index in range {
      let seriesByteCount = dictionary.labelByteCount(record.series[index]) + 2 + sampleByteCount
      byteCount += Protobuf.fieldByteCount(seriesByteCount)
      valueOffsets.append(byteCount - timestampByteCount - 1 - Self.valueByteCount)
    }
  }

  /// Takes the text that was measured.
  mutating func write(
    _ record: borrowing DecodedRecord,
    _ range: Range<Int>,
    dictionary: borrowing SegmentDictionary
  ) {
    var encoder = RemoteWriteEncoder()
    encoder.append(record, range, dictionary: dictionary)
    message.append(encoder.bytes)
  }

  /// Takes the text that was measured from a block that says it, but for what is filled in.
  mutating func read(_ block: Span<UInt8>) { SnappyBlock.decompress(body: block, byteCount: byteCount, into: &message) }
}
