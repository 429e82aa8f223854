/// Exemplars that wait for the series of their request: a TimeSeries of remote write 2.0 has to hold a sample or a histogram, so an exemplar
/// can't stand alone, and the spool keeps the two apart.
struct RequestExemplars: ~Copyable {
  private struct Waiting {
    let series: UInt32
    let bytes: Range<Int>
  }

  private struct Placed {
    let offset: Int
    let bytes: Range<Int>
  }

  private var fields = ByteBuffer()
  private var waiting: [Waiting] = []
  private var placed: [Placed] = []

  mutating func removeAll() {
    fields.removeAll()
    waiting.removeAll(keepingCapacity: true)
    placed.removeAll(keepingCapacity: true)
  }

  var hasWaiting: Bool { !waiting.isEmpty }
  var isPlaced: Bool { !placed.isEmpty }

  /// Takes in an Exemplar of remote write 1.0, whose labels become symbols of the request.
  mutating func append(_ message: Span<UInt8>, series: UInt32, symbols: inout RequestSymbols)
    throws(ByteReader.Malformed)
  {
    var references = ByteBuffer()
    var rest = ByteBuffer()
    var reader = ByteReader(message)
    while !reader.isAtEnd {
      let (field, wireType) = try reader.tag()
      switch (field, wireType) {
      case (1, 2):
        let bytes = try reader.message()
        let label = try Self.label(bytes)
        references.append(varint: UInt64(symbols.reference(bytes.extracting(label.name))))
        references.append(varint: UInt64(symbols.reference(bytes.extracting(label.value))))
      case (2, 1):
        rest.append(0x11)
        rest.append(littleEndian: try reader.littleEndian(UInt64.self))
      case (3, 0):
        rest.append(0x18)
        rest.append(varint: try reader.varint())
      default: try reader.skip(wireType: wireType)
      }
    }
    var exemplar = ByteBuffer()
    if references.count > 0 { exemplar.appendField(1, references.span) }
    exemplar.append(rest)
    let start = fields.count
    fields.appendField(4, exemplar.span)
    waiting.append(Waiting(series: series, bytes: start..<fields.count))
  }

  /// Finds places for those that wait.
  /// - Parameter offset: where the last TimeSeries of a series begins in the request, if it is there.
  /// - Returns: how many found none.
  mutating func place(at offset: (UInt32) -> Int?) -> Int {
    var leftOut = 0
    for exemplar in waiting {
      if let offset = offset(exemplar.series) {
        placed.append(Placed(offset: offset, bytes: exemplar.bytes))
      } else {
        leftOut += 1
      }
    }
    waiting.removeAll(keepingCapacity: true)
    return leftOut
  }

  /// Copies the TimeSeries of a request and puts each exemplar at the end of its own.
  mutating func merge(into series: borrowing ByteBuffer, appendingTo out: inout ByteBuffer) {
    // By place in the request; those of one series stay in their order.
    placed.sort { ($0.offset, $0.bytes.lowerBound) < ($1.offset, $1.bytes.lowerBound) }
    var copied = 0
    var index = 0
    while index < placed.count {
      let start = placed[index].offset
      var end = index
      var byteCount = 0
      while end < placed.count, placed[end].offset == start {
        byteCount += placed[end].bytes.count
        end += 1
      }
      out.append(series.span.extracting(copied..<start))
      let (body, length) = Self.length(series.span, at: start + 1)
      out.append(0x2a)
      out.append(varint: length + byteCount)
      out.append(series.span.extracting(body..<body + length))
      for exemplar in placed[index..<end] { out.append(fields.span.extracting(exemplar.bytes)) }
      copied = body + length
      index = end
    }
    out.append(series, from: copied)
  }

  /// A length that this module wrote itself, and where what it measures begins.
  private static func length(_ bytes: Span<UInt8>, at offset: Int) -> (body: Int, length: Int) {
    var length = 0
    var index = offset
    while bytes[index] >= 0x80 {
      length |= Int(bytes[index] & 0x7f) << (7 * (index - offset))
      index += 1
    }
    length |= Int(bytes[index]) << (7 * (index - offset))
    return (index + 1, length)
  }

  /// Which of a label's bytes are its name, and which its value.
  private static func label(_ bytes: Span<UInt8>) throws(ByteReader.Malformed) -> (name: Range<Int>, value: Range<Int>)
  {
    var label = (name: 0..<0, value: 0..<0)
    var reader = ByteReader(bytes)
    while !reader.isAtEnd {
      let (field, wireType) = try reader.tag()
      guard wireType == 2, field == 1 || field == 2 else {
        try reader.skip(wireType: wireType)
        continue
      }
      let count = try reader.message().count
      let range = reader.offset - count..<reader.offset
      if field == 1 { label.name = range } else { label.value = range }
    }
    return label
  }
}
