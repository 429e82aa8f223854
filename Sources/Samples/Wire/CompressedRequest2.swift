/// Builds a remote-write 2.0 request and compresses it: a snappy block (`SnappyBlock`) of an `io.prometheus.write.v2.Request`.
///
/// The symbols of a request say which series it has. Where they come again, as with each scrape, repetitions lie where they lay
/// (`RecurringTexts`).
package struct CompressedRequest2: ~Copyable {
  /// Bytes that all requests of one builder are remembered in, at most.
  private static let footprintMax = 16 << 20

  private var encoder = RemoteWrite2Encoder()
  private var texts = RecurringTexts(footprintMax: footprintMax)
  private var text = ByteBuffer()
  private let key = KeyedHash.Key(UInt64.random(in: 0 ... .max), UInt64.random(in: 0 ... .max))

  package init() {}

  /// Bytes of the message so far, before compression.
  package var byteCount: Int { encoder.byteCount }

  /// Requests, since the beginning, that were compressed as before.
  package var recurringCount: Int { texts.recurringCount }

  /// Appends samples `range` of a record.
  package mutating func append(
    _ record: borrowing DecodedRecord,
    _ range: Range<Int>,
    dictionary: borrowing SegmentDictionary
  ) {
    encoder.append(record, range, dictionary: dictionary)
  }

  /// Appends opaque items `range` of a record.
  package mutating func appendItems(
    _ record: borrowing DecodedRecord,
    _ range: Range<Int>,
    dictionary: borrowing SegmentDictionary
  ) {
    encoder.appendItems(record, range, dictionary: dictionary)
  }

  /// Puts the request into `buffer`, in place of what it holds, and begins the next one.
  package mutating func finish(into buffer: inout ByteBuffer) {
    let symbolByteCount = encoder.finish(into: &text)
    let hash = KeyedHash(text.span.extracting(0..<symbolByteCount), key: key)
    texts.compress(&text, RecurringTexts.Key(hash: hash, byteCount: text.count), into: &buffer)
  }
}
