/// Series that come one after another in one order, scrape after scrape, and what a request says of them: compressed once, with holes for
/// what differs from scrape to scrape.
///
/// Values that were always the same are a part of what is compressed. Where one of them changes, the run is compressed anew.
struct RecurringRun {
  /// What a record has where the run may begin.
  enum Match {
    /// The same series, and what is compressed says it.
    case whole
    /// The same series, but values or timestamps that the compressed run doesn't say.
    case seriesOnly
    case other
  }

  private var series: [UInt32] = []
  private var values: [UInt64] = []
  /// By sample.
  private var valueHoles: [ByteHole] = []
  private var timestampHoles: [ByteHole] = []
  private var timestampByteCount = 0
  /// A snappy block without its head; empty until it is worth it.
  private var block: [UInt8] = []
  /// Bytes of what it says.
  private(set) var textByteCount = 0
  /// How often it was there, and how often it may be there before what repeats is searched for again.
  private var sightings = 0
  private var nextSearch = 0
  private static let searchFactor = 16
  /// Too much is said of it.
  private var isUnfit = false

  init(_ record: borrowing DecodedRecord, _ range: Range<Int>) { become(record, range) }

  /// Takes other series, of which nothing is known.
  mutating func become(_ record: borrowing DecodedRecord, _ range: Range<Int>) {
    series.removeAll(keepingCapacity: true)
    series.append(contentsOf: record.series[range])
    values.removeAll(keepingCapacity: true)
    values.append(contentsOf: record.values[range])
    valueHoles.removeAll(keepingCapacity: true)
    valueHoles.append(contentsOf: repeatElement(ByteHole(), count: range.count))
    block = []
    sightings = 1
    nextSearch = 0
    isUnfit = false
  }

  var count: Int { series.count }

  /// Bytes of memory held, about.
  var footprint: Int {
    series.capacity * 4 + values.capacity * 8 + (valueHoles.capacity + timestampHoles.capacity) * 4 + block.capacity
      + 96
  }

  /// Whether the record's samples from `start` on are the run's. All of them have to have one timestamp.
  @inline(__always)
  func match(_ record: borrowing DecodedRecord, _ start: Int) -> Match {
    guard start + count <= record.series.count else { return .other }
    let (ours, theirs) = (series.span, record.series.span)
    let (timestamps, first) = (record.timestamps.span, record.timestamps[start])
    var difference: UInt32 = 0
    var timeDifference: Int64 = 0
    for index in ours.indices {
      difference |= ours[index] ^ theirs[start + index]
      timeDifference |= timestamps[start + index] ^ first
    }
    guard difference == 0, timeDifference == 0 else { return .other }
    guard !block.isEmpty, Protobuf.varintByteCount(UInt64(bitPattern: first)) == timestampByteCount else {
      return .seriesOnly
    }
    let (said, come, holes) = (values.span, record.values.span, valueHoles.span)
    var unsaid: UInt64 = 0
    for index in said.indices { unsaid |= (said[index] ^ come[start + index]) & ~holes[index].mask }
    return unsaid == 0 ? .whole : .seriesOnly
  }

  /// Appends the block for the record's samples from `start` on, which `match` called the whole.
  @inline(__always)
  mutating func append(_ record: borrowing DecodedRecord, _ start: Int, to buffer: inout ByteBuffer) {
    sightings += 1
    let from = buffer.count
    buffer.append(block.span)
    buffer.reserve(ByteHole.margin)
    let (come, holes) = (record.values.span, valueHoles.span)
    for index in holes.indices { buffer.fill(holes[index], from: from, with: come[start + index]) }
    let timestamp = Self.varint(record.timestamps[start])
    for hole in timestampHoles { buffer.fill(hole, from: from, with: timestamp) }
  }

  /// Learns which values differ, and compresses what is said of the run; not, if that is too much for a block with holes.
  ///
  /// In most cases a value that changes for the first time only takes its place out of the block that there is.
  mutating func compress(
    _ record: borrowing DecodedRecord,
    _ start: Int,
    dictionary: borrowing SegmentDictionary,
    with workshop: inout RunWorkshop
  ) {
    sightings += 1
    guard !isUnfit else { return }
    // Stale markers stand for the end of series, which says nothing of what their values will be.
    for index in start..<start + count where record.values[index] == staleMarkerBits { return }
    workshop.begin(record, start..<start + count, dictionary: dictionary)
    for index in series.indices {
      let (said, come) = (values[index], record.values[start + index])
      guard (said ^ come) & ~valueHoles[index].mask != 0 else { continue }
      valueHoles[index].widen(for: said, come)
      values[index] = come
      workshop.open(valueHoles[index].bytes, of: index)
    }
    let timestampByteCount = Protobuf.varintByteCount(UInt64(bitPattern: record.timestamps[start]))
    let isSearch = block.isEmpty || timestampByteCount != self.timestampByteCount || sightings >= nextSearch
    if isSearch { nextSearch = sightings * Self.searchFactor }
    self.timestampByteCount = timestampByteCount
    textByteCount = workshop.textByteCount
    let range = start..<start + count
    let isMade =
      isSearch
      ? workshop.compress(record, range, &valueHoles, dictionary: dictionary)
      : workshop.revise(block, record, range, &valueHoles, timestampHoles: timestampHoles, dictionary: dictionary)
    isUnfit = !isMade
    block = isMade ? workshop.block.array : []
    timestampHoles = isMade ? workshop.timestampHoles : []
  }

  /// The varint's bytes, the first one lowest, of which the holes take theirs; `RunWorkshop` takes no longer ones.
  private static func varint(_ timestamp: Int64) -> UInt64 {
    var (rest, word, shift) = (UInt64(bitPattern: timestamp), UInt64(0), UInt64(0))
    while rest >= 0x80, shift < 56 {
      word |= (rest & 0x7f | 0x80) << shift
      rest >>= 7
      shift += 8
    }
    return word | (rest & 0xff) << shift
  }
}

extension ByteBuffer {
  /// Puts the word's bytes that belong into the hole of a run that begins at `start`.
  @inline(__always)
  mutating func fill(_ hole: ByteHole, from start: Int, with word: UInt64) {
    blend(
      at: start + Int(hole.position),
      littleEndian: word >> (UInt64(hole.lower) * 8),
      mask: hole.lowMask
    )
  }
}
