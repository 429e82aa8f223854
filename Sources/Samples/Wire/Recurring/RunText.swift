/// What a run of series says in a request, and which of its bytes are the same each time.
struct RunText: ~Copyable {
  /// Of a sample: where its value's eight bytes begin. The tag of the timestamp follows, then the timestamp, and then the next series.
  private(set) var valueOffsets: [Int] = []
  private(set) var timestampByteCount = 0
  private var message = ByteBuffer()
  private var excerpt = RemoteWriteEncoder()

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

  /// Appends a part of the text that was measured, though it wasn't taken.
  mutating func append(
    _ range: Range<Int>,
    of record: borrowing DecodedRecord,
    _ samples: Range<Int>,
    dictionary: borrowing SegmentDictionary,
    to buffer: inout ByteBuffer
  ) {
    let (first, last) = (sample(endingAfter: range.lowerBound), sample(endingAfter: range.upperBound - 1))
    let start = first == 0 ? 0 : timestampOffset(first - 1) + timestampByteCount
    excerpt.removeAll()
    excerpt.append(record, samples.lowerBound + first..<samples.lowerBound + last + 1, dictionary: dictionary)
    buffer.append(excerpt.bytes.extracting(range.lowerBound - start..<range.upperBound - start))
  }
}
