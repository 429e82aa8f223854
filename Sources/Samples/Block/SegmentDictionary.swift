/// What a segment has defined so far, for a reader: symbols, shapes, series (docs/formats/spool.md, 5.4).
public struct SegmentDictionary {
  private var arena: [UInt8] = []
  private var ends: [UInt32] = []
  private var shapes: [[UInt32]?] = []
  /// The different labels, and each as the bytes that a request holds for it: most series share all but one or two of theirs, and a label
  /// is one copy of bytes that lie ready.
  private var labels: [Label] = []
  private var labelNumbers: [Label: UInt32] = [:]
  private var labelBlobs = [UInt8](repeating: 0, count: ByteBuffer.pieceMargin)
  private var labelEnds: [UInt32] = [0]
  private var labelsOfSeries: [UInt32] = []
  /// By series; `lost` for one that was never defined.
  private var starts: [UInt32] = []
  private var counts: [UInt16] = []
  private var byteCounts: [UInt32] = []
  private(set) var owners: [UInt32] = []

  /// Symbols whose definitions got lost. They must never be taken for empty texts: that would be another series.
  private var lostSymbols: [Range<Int>] = []

  private static let lost = UInt32.max
  /// Bytes of definitions that one record may unfold to; prefixes are shared, so a record can be smaller than what it says.
  private static let arenaByteCountMax = 1 << 30

  /// Symbols of a label.
  struct Label: Hashable {
    let name: UInt32
    let value: UInt32
  }

  /// Tells one segment's numbers from another's, for who remembers what he made of them.
  final class Identity: Sendable {}

  let identity = Identity()

  public init() {}

  /// How many different labels there are; they are numbered from 0 on.
  var labelCount: Int { labels.count }

  func label(_ number: UInt32) -> Label { labels[Int(number)] }

  /// The numbers of a series' labels, sorted by name.
  @inline(__always) @_lifetime(borrow self)
  func labelNumbers(_ series: UInt32) -> Span<UInt32> {
    let start = Int(starts[Int(series)])
    return labelsOfSeries.span.extracting(start..<start + Int(counts[Int(series)]))
  }

  public var seriesCount: Int { owners.count }

  /// Bytes of memory held, about.
  public var footprint: Int {
    arena.capacity + labelBlobs.capacity + labels.capacity * 32
      + (ends.capacity + labelsOfSeries.capacity + starts.capacity + owners.capacity + byteCounts.capacity) * 4
  }

  public func isDefined(_ series: UInt32) -> Bool {
    Int(series) < starts.count && starts[Int(series)] != Self.lost
  }

  public func labels(_ series: UInt32) -> [(name: [UInt8], value: [UInt8])] {
    let start = Int(starts[Int(series)])
    return (start..<start + Int(counts[Int(series)])).map { index in
      let label = labels[Int(labelsOfSeries[index])]
      return (Array(arena[range(label.name)]), Array(arena[range(label.value)]))
    }
  }

  func range(_ symbol: UInt32) -> Range<Int> {
    let index = Int(symbol)
    return (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
  }

  var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    get { arena.span }
  }

  /// Gives the series that is being defined one more label; returns the bytes it takes in a request.
  private mutating func add(_ label: Label) -> Int {
    if let number = labelNumbers[label] {
      labelsOfSeries.append(number)
      return Int(labelEnds[Int(number) + 1] - labelEnds[Int(number)])
    }
    let number = UInt32(labels.count)
    labels.append(label)
    labelNumbers[label] = number
    labelsOfSeries.append(number)
    let (name, value) = (range(label.name), range(label.value))
    var blob = ByteBuffer()
    blob.appendTag(1, byteCount: Protobuf.fieldByteCount(name.count) + Protobuf.fieldByteCount(value.count))
    blob.appendField(1, arena.span.extracting(name))
    blob.appendField(2, arena.span.extracting(value))
    // The margin stays behind them all.
    labelBlobs.insert(contentsOf: blob.array, at: labelBlobs.count - ByteBuffer.pieceMargin)
    labelEnds.append(UInt32(labelBlobs.count - ByteBuffer.pieceMargin))
    return blob.count
  }

  /// Bytes that `appendLabels` appends.
  @inline(__always)
  func labelByteCount(_ series: UInt32) -> Int { Int(byteCounts[Int(series)]) }

  /// The labels as remote write 1.0 spells them in a TimeSeries: field 1 again and again.
  @inline(__always)
  func appendLabels(_ series: UInt32, to buffer: inout ByteBuffer) {
    let start = Int(starts[Int(series)])
    let blobs = labelBlobs.span
    for index in start..<start + Int(counts[Int(series)]) {
      let label = Int(labelsOfSeries[index])
      buffer.append(blobs, piece: Int(labelEnds[label])..<Int(labelEnds[label + 1]))
    }
  }

  /// The most that the definitions of one record unpack to.
  private static let unpackedByteCountMax = 64 << 20

  /// Takes in the payload of a definitions record.
  mutating func define(_ payload: Span<UInt8>) throws(ByteReader.Malformed) {
    guard payload.count > 0 else { throw ByteReader.Malformed() }
    let content = payload.extracting(1..<payload.count)
    switch payload[0] {
    case 0: try defineContent(content)
    case 1:
      let unpacked: [UInt8]
      do throws(SnappyBlock.Failure) {
        unpacked = try SnappyBlock.decompress(content.array, byteCountMax: Self.unpackedByteCountMax)
      } catch { throw ByteReader.Malformed() }
      try defineContent(unpacked.span)
    default: throw ByteReader.Malformed()
    }
  }

  private mutating func defineContent(_ content: Span<UInt8>) throws(ByteReader.Malformed) {
    var reader = ByteReader(content)
    let stream = try UInt32(reader.count(max: Int(UInt32.max)))
    let firstSymbol = try reader.count(max: 1 << 26)
    try readSymbols(&reader, first: firstSymbol)

    let firstShape = try reader.count(max: 1 << 26)
    guard firstShape >= shapes.count, firstShape - shapes.count <= 1 << 20 else { throw ByteReader.Malformed() }
    while shapes.count < firstShape { shapes.append(nil) }
    for _ in 0..<(try reader.count(max: reader.remaining)) {
      var names: [UInt32] = []
      for _ in 0..<(try reader.count(max: min(reader.remaining, Int(UInt16.max)))) { names.append(try symbol(&reader)) }
      shapes.append(names.contains(where: isLost) ? nil : names)
    }
    try readSeries(&reader, stream: stream, firstSymbol: firstSymbol)
    guard reader.isAtEnd else { throw ByteReader.Malformed() }
  }

  private mutating func readSymbols(_ reader: inout ByteReader, first: Int) throws(ByteReader.Malformed) {
    // Fewer than known: written twice. Many more: a lost record leaves a hole, but a hole has bounds, too.
    guard first >= ends.count, first - ends.count <= 1 << 22 else { throw ByteReader.Malformed() }
    if first > ends.count { lostSymbols.append(ends.count..<first) }
    while ends.count < first { ends.append(UInt32(arena.count)) }
    var before = 0..<0
    for _ in 0..<(try reader.count(max: reader.remaining)) {
      let shared = try reader.count(max: before.count)
      let rest = try reader.bytes(try reader.count(max: reader.remaining))
      guard arena.count + shared + rest.count <= Self.arenaByteCountMax else { throw ByteReader.Malformed() }
      let start = arena.count
      for index in before.lowerBound..<before.lowerBound + shared { arena.append(arena[index]) }
      for index in rest.indices { arena.append(rest[index]) }
      ends.append(UInt32(arena.count))
      before = start..<arena.count
    }
  }

  private func isLost(_ symbol: UInt32) -> Bool { lostSymbols.contains { $0.contains(Int(symbol)) } }

  private func symbol(_ reader: inout ByteReader) throws(ByteReader.Malformed) -> UInt32 {
    guard !ends.isEmpty else { throw ByteReader.Malformed() }
    return UInt32(try reader.count(max: ends.count - 1))
  }

  private mutating func readSeries(
    _ reader: inout ByteReader,
    stream: UInt32,
    firstSymbol: Int
  ) throws(ByteReader.Malformed) {
    let first = try reader.count(max: 1 << 26)
    guard first >= starts.count, first - starts.count <= 1 << 22 else { throw ByteReader.Malformed() }
    while starts.count < first {
      starts.append(Self.lost)
      counts.append(0)
      byteCounts.append(0)
      owners.append(Self.lost)
    }
    var highest = Int64(firstSymbol) - 1
    var previousShape = -1
    var names: [UInt32] = []
    var values: [UInt32] = []
    var masks: [UInt8] = []
    for _ in 0..<(try reader.count(max: reader.remaining)) {
      let shape = try reader.count(max: shapes.count - 1)
      let isSameShape = shape == previousShape
      if !isSameShape {
        guard let known = shapes[shape] else { throw ByteReader.Malformed() }
        names = known
        for name in names { highest = max(highest, Int64(name)) }
        values = [UInt32](repeating: 0, count: names.count)
        previousShape = shape
      }
      masks.removeAll(keepingCapacity: true)
      for _ in 0..<(names.count + 7) / 8 { masks.append(try reader.byte()) }
      for index in names.indices {
        guard masks[index / 8] >> UInt8(index % 8) & 1 == 1 else {
          if !isSameShape { throw ByteReader.Malformed() }
          continue
        }
        let code = try reader.count(max: ends.count)
        let value = code == 0 ? highest + 1 : Int64(code) - 1
        guard value < Int64(ends.count) else { throw ByteReader.Malformed() }
        values[index] = UInt32(value)
        highest = max(highest, value)
      }
      let isUndefined = values.contains(where: isLost)
      starts.append(isUndefined ? Self.lost : UInt32(labelsOfSeries.count))
      counts.append(UInt16(names.count))
      owners.append(stream)
      var byteCount = 0
      if !isUndefined {
        for index in names.indices { byteCount += add(Label(name: names[index], value: values[index])) }
      }
      byteCounts.append(UInt32(byteCount))
    }
  }
}
