/// Builds a remote-write 1.0 request that is compressed as it grows: a snappy block (`SnappyBlock`) of a `prometheus.WriteRequest`.
///
/// Most of what a request says, the one before it said, too: the labels of the same series in the same order. Such runs are compressed
/// once and then filled in (`RecurringRuns`); what else there is goes through snappy between them.
public struct CompressedRequest: ~Copyable {
  /// Bytes that all runs of one builder take at most.
  private static let runByteCountMax = 16 << 20

  /// What isn't compressed yet.
  private var plain = RemoteWriteEncoder()
  /// What is.
  private var blocks = ByteBuffer(minimumCapacity: 1 << 14)
  /// Bytes of what the blocks say.
  private var blockTextByteCount = 0
  private var runs = RecurringRuns(byteCountMax: runByteCountMax)
  private var scratch = ByteBuffer()
  public private(set) var sampleCount = 0
  /// Samples, since the beginning, of runs that were filled in.
  public private(set) var recurringSampleCount = 0

  public init() {}

  /// Bytes of the message so far, before compression.
  public var byteCount: Int { blockTextByteCount + plain.byteCount }

  /// How many samples from `start` on go into one request best, where it has so many at most.
  public mutating func extent(
    _ record: borrowing DecodedRecord,
    _ start: Int,
    sampleCountMax: Int,
    dictionary: borrowing SegmentDictionary
  ) -> Int {
    runs.fit(requestSampleCountMax: sampleCountMax)
    runs.enter(dictionary)
    return runs.extent(record, start)
  }

  /// Appends samples `range` of a record.
  public mutating func append(
    _ record: borrowing DecodedRecord,
    _ range: Range<Int>,
    dictionary: borrowing SegmentDictionary
  ) {
    runs.enter(dictionary)
    var index = range.lowerBound
    while index < range.upperBound {
      switch runs.find(record, index..<range.upperBound, dictionary: dictionary) {
      case .run(let run):
        if plain.byteCount > 0 { compressPlain() }
        let said = runs.append(run, record, index, to: &blocks)
        blockTextByteCount += said.textByteCount
        recurringSampleCount += said.sampleCount
        index += said.sampleCount
      case .unsaid(let count):
        plain.append(record, index..<index + count, dictionary: dictionary)
        index += count
      }
    }
    sampleCount += range.count
  }

  /// Appends opaque items `range` of a record.
  public mutating func appendItems(
    _ record: borrowing DecodedRecord,
    _ range: Range<Int>,
    dictionary: borrowing SegmentDictionary
  ) {
    let before = plain.sampleCount
    plain.appendItems(record, range, dictionary: dictionary)
    sampleCount += plain.sampleCount - before
  }

  private mutating func compressPlain() {
    let byteCount = plain.byteCount
    blockTextByteCount += byteCount
    Self.compress(plain, into: &scratch)
    plain.removeAll()
    // Behind the number of bytes that it says.
    blocks.append(scratch, from: Protobuf.varintByteCount(UInt64(byteCount)))
  }

  private static func compress(_ encoder: borrowing RemoteWriteEncoder, into buffer: inout ByteBuffer) {
    SnappyBlock.compress(encoder.bytes, into: &buffer)
  }

  /// Puts the request into `buffer`, in place of what it holds, and begins the next one.
  public mutating func finish(into buffer: inout ByteBuffer) {
    if plain.byteCount > 0 { compressPlain() }
    buffer.removeAll()
    buffer.append(varint: blockTextByteCount)
    buffer.append(blocks)
    blocks.removeAll()
    blockTextByteCount = 0
    sampleCount = 0
  }
}
