/// Builds a remote-write 2.0 request and compresses it: a snappy block (`SnappyBlock`) of an `io.prometheus.write.v2.Request`.
///
/// The symbols of a request say which series it has. Where they come again, as with each scrape, repetitions lie where they lay
/// (`RecurringTexts`).
public struct CompressedRequest2: ~Copyable {
  private var encoder = RemoteWrite2Encoder()
  private let texts: RecurringTexts
  private var text = ByteBuffer()

  public init(_ texts: RecurringTexts) { self.texts = texts }

  /// Bytes of the message so far, before compression.
  public var byteCount: Int { encoder.byteCount }

  /// Appends samples `range` of a record.
  public mutating func append(
    _ record: borrowing DecodedRecord,
    _ range: Range<Int>,
    dictionary: borrowing SegmentDictionary
  ) {
    encoder.append(record, range, dictionary: dictionary)
  }

  /// Appends opaque items `range` of a record.
  public mutating func appendItems(
    _ record: borrowing DecodedRecord,
    _ range: Range<Int>,
    dictionary: borrowing SegmentDictionary
  ) {
    encoder.appendItems(record, range, dictionary: dictionary)
  }

  /// Puts the request into `buffer`, in place of what it holds, and begins the next one.
  public mutating func finish(into buffer: inout ByteBuffer) {
    let symbolByteCount = encoder.finish(into: &text)
    texts.compress(&text, knownBy: symbolByteCount, into: &buffer)
  }
}
