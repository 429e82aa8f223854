/// Builds the body of a remote-write 2.0 request (`io.prometheus.write.v2.Request`), before compression.
///
/// A label that was used before in the request takes no look-up of its texts: what its two symbols became is remembered by its number
/// in the segment, under a stamp that changes with the request and with the segment.
public struct RemoteWrite2Encoder: ~Copyable {
  /// What a label of the current segment is in the current request.
  private struct LabelEntry {
    var stamp: UInt32 = 0
    var byteCount: UInt8 = 0
    /// Its metric's entry in `metadataFields` + 1, if it is a name whose family is known.
    var metadata: UInt16 = 0
    /// Both references as varints, lowest byte first.
    var bytes: UInt64 = 0
  }

  /// Where the last TimeSeries of a series begins.
  private struct Place {
    var stamp: UInt32 = 0
    var offset: UInt32 = 0
  }

  private var symbols: RequestSymbols
  private var series = ByteBuffer(minimumCapacity: 1 << 16)
  private var exemplars = RequestExemplars()
  private var families: FamilyMetadata
  /// Metadata fields of families that the request has series of.
  private var metadataFields: [[UInt8]] = []
  /// Metadata with its help text, for the one series that carries it.
  private var fullMetadata = ByteBuffer()
  private var labels: [LabelEntry] = []
  private var places: [Place] = []
  private var stamp: UInt32 = 1
  private var segment: SegmentDictionary.Identity?

  /// Samples and histograms in the request.
  public private(set) var sampleCount = 0
  /// Exemplars, since the beginning, that were not sent because the request held no sample of their series.
  public private(set) var leftOutExemplarCount = 0

  public init() {
    let key = KeyedHash.Key(UInt64.random(in: 0 ... .max), UInt64.random(in: 0 ... .max))
    symbols = RequestSymbols(key: key)
    families = FamilyMetadata(key: key)
  }

  /// Whether nothing of the request is worth sending: metadata and exemplars travel with samples only.
  public var isEmpty: Bool { series.count == 0 }

  /// Bytes of the request so far, without its exemplars.
  public var byteCount: Int { symbols.fields.count + series.count }

  /// Appends samples `range` of a record. A series that comes twice stands there twice.
  public mutating func append(
    _ record: borrowing DecodedRecord,
    _ range: Range<Int>,
    dictionary: borrowing SegmentDictionary
  ) {
    enter(dictionary)
    let numbers = record.series.span
    let values = record.values.span
    let timestamps = record.timestamps.span
    for index in range {
      let timestamp = UInt64(bitPattern: timestamps[index])
      // A zero is written, too, though a reader takes it for a field that isn't there: what recurs keeps its length.
      let sampleByteCount = 9 + 1 + Protobuf.varintByteCount(timestamp)
      let metadata = begin(numbers[index], contentByteCount: 2 + sampleByteCount, dictionary)
      series.append(0x12)
      series.append(UInt8(truncatingIfNeeded: sampleByteCount))
      // The timestamp first: it repeats what the sample before has, and with what leads to it makes one long repetition.
      series.append(0x10)
      series.append(varint: timestamp)
      series.append(0x09)
      series.append(littleEndian: values[index])
      end(metadata)
    }
    sampleCount += range.count
  }

  /// Appends opaque items `range` of a record.
  ///
  /// - Histograms go as they are: 2.0 gave their fields the numbers of 1.0.
  /// - Exemplars join a sample or histogram of their series that is in the request, or comes into it later from the same segment.
  /// - Metadata is remembered, for as long as this encoder lives, and goes with every series of its family: type and unit with each,
  ///   the help text with the next one, once for each time that the metadata came.
  public mutating func appendItems(
    _ record: borrowing DecodedRecord,
    _ range: Range<Int>,
    dictionary: borrowing SegmentDictionary
  ) {
    enter(dictionary)
    for index in range {
      let item = record.items[index]
      switch (item.kind, item.series) {
      case (.metadata, _): families.learn(item.message.span)
      case (.histogram, let number?):
        let metadata = begin(number, contentByteCount: Protobuf.fieldByteCount(item.message.count), dictionary)
        series.appendField(3, item.message.span)
        end(metadata)
        sampleCount += 1
      case (.exemplar, let number?):
        do throws(ByteReader.Malformed) {
          try exemplars.append(item.message.span, series: number, symbols: &symbols)
        } catch {
          leftOutExemplarCount += 1
        }
      case (.exemplar, nil), (.histogram, nil): break
      }
    }
  }

  /// The whole request: symbols, then series. Begins the next one.
  public mutating func finish() -> [UInt8] {
    var request = ByteBuffer(minimumCapacity: byteCount)
    finish(into: &request)
    return request.array
  }

  /// Puts the whole request into `request`, in place of what it holds, and begins the next one.
  /// - Returns: how many of its bytes are the symbols, which come first.
  @discardableResult
  mutating func finish(into request: inout ByteBuffer) -> Int {
    placeExemplars()
    request.removeAll()
    request.append(symbols.fields)
    let symbolByteCount = request.count
    if exemplars.isPlaced {
      exemplars.merge(into: series, appendingTo: &request)
    } else {
      request.append(series)
    }
    removeAll()
    return symbolByteCount
  }

  /// Forgets the request so far, but not what is known of metric families.
  public mutating func removeAll() {
    symbols.removeAll()
    series.removeAll()
    exemplars.removeAll()
    metadataFields.removeAll(keepingCapacity: true)
    sampleCount = 0
    advanceStamp()
  }

  /// Makes what is remembered by number fit the segment of `dictionary`.
  private mutating func enter(_ dictionary: borrowing SegmentDictionary) {
    if segment !== dictionary.identity {
      placeExemplars()
      advanceStamp()
      segment = dictionary.identity
    }
    while labels.count < dictionary.labelCount { labels.append(LabelEntry()) }
    while places.count < dictionary.seriesCount { places.append(Place()) }
  }

  private mutating func advanceStamp() {
    if stamp == .max {
      for index in labels.indices { labels[index].stamp = 0 }
      for index in places.indices { places[index].stamp = 0 }
      stamp = 0
    }
    stamp += 1
  }

  private mutating func placeExemplars() {
    guard exemplars.hasWaiting else { return }
    let (known, current) = (places, stamp)
    leftOutExemplarCount += exemplars.place { series in
      guard Int(series) < known.count, known[Int(series)].stamp == current else { return nil }
      return Int(known[Int(series)].offset)
    }
  }

  /// Writes a TimeSeries up to its labels.
  /// - Parameter contentByteCount: what the caller writes next.
  /// - Returns: which metadata has to follow: nothing, an entry + 1, or the one with the help text.
  @inline(__always)
  private mutating func begin(
    _ number: UInt32,
    contentByteCount: Int,
    _ dictionary: borrowing SegmentDictionary
  ) -> Int {
    places[Int(number)] = Place(stamp: stamp, offset: UInt32(truncatingIfNeeded: series.count))
    let numbers = dictionary.labelNumbers(number)
    var referenceByteCount = 0
    var metadata = 0
    for index in numbers.indices {
      var entry = labels[Int(numbers[index])]
      if entry.stamp != stamp { entry = define(numbers[index], dictionary) }
      referenceByteCount += Int(entry.byteCount)
      if entry.metadata != 0 { metadata = Int(entry.metadata) }
    }
    var byteCount = Protobuf.fieldByteCount(referenceByteCount) + contentByteCount
    if fullMetadata.count > 0 {
      metadata = -1
      byteCount += fullMetadata.count
    } else if metadata > 0 {
      byteCount += metadataFields[metadata - 1].count
    }
    series.append(0x2a)
    series.append(varint: byteCount)
    series.append(0x0a)
    series.append(varint: referenceByteCount)
    Self.write(numbers, labels, into: &series)
    return metadata
  }

  @inline(__always)
  private static func write(_ numbers: Span<UInt32>, _ entries: [LabelEntry], into series: inout ByteBuffer) {
    let labels = entries.span
    for index in numbers.indices {
      let label = labels[Int(numbers[index])]
      series.append(littleEndian: label.bytes)
      series.truncate(to: series.count - 8 + Int(label.byteCount))
    }
  }

  @inline(__always)
  private mutating func end(_ metadata: Int) {
    if metadata < 0 {
      series.append(fullMetadata)
      fullMetadata.removeAll()
    } else if metadata > 0 {
      series.append(metadataFields[metadata - 1])
    }
  }

  @inline(never)
  private mutating func define(_ number: UInt32, _ dictionary: borrowing SegmentDictionary) -> LabelEntry {
    let label = dictionary.label(number)
    let name = dictionary.bytes.extracting(dictionary.range(label.name))
    let value = dictionary.bytes.extracting(dictionary.range(label.value))
    var entry = LabelEntry(stamp: stamp)
    for reference in [symbols.reference(name), symbols.reference(value)] {
      var rest = UInt64(reference)
      repeat {
        entry.bytes |= (rest & 0x7f | (rest >= 0x80 ? 0x80 : 0)) << UInt64(entry.byteCount * 8)
        entry.byteCount += 1
        rest >>= 7
      } while rest > 0
    }
    if !families.isEmpty, metadataFields.count < Int(UInt16.max), name.equals(Self.nameLabel.span) {
      entry.metadata = describe(value)
    }
    labels[Int(number)] = entry
    return entry
  }

  private static let nameLabel = Array("__name__".utf8)

  /// Prepares the Metadata field of a metric's series; 0 if nothing is known.
  private mutating func describe(_ name: Span<UInt8>) -> UInt16 {
    guard let key = families.key(of: name), let family = families.family(key) else { return 0 }
    var field = ByteBuffer()
    if family.type > 0 {
      field.append(0x08)
      field.append(varint: family.type)
    }
    let unit = family.unit.isEmpty ? 0 : symbols.reference(family.unit.span)
    func appendUnit(_ field: inout ByteBuffer) {
      guard unit > 0 else { return }
      field.append(0x20)
      field.append(varint: UInt64(unit))
    }
    if family.isHelpDue, !family.help.isEmpty {
      var full = ByteBuffer()
      full.append(field)
      full.append(0x18)
      full.append(varint: UInt64(symbols.reference(family.help.span)))
      appendUnit(&full)
      fullMetadata.appendField(5, full.span)
      families.helpIsSent(key)
    }
    appendUnit(&field)
    guard field.count > 0 else { return 0 }
    var whole = ByteBuffer()
    whole.appendField(5, field.span)
    metadataFields.append(whole.array)
    return UInt16(metadataFields.count)
  }
}
