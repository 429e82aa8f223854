/// Gives series and symbols their numbers in a segment, and writes the definitions of new ones (docs/formats/spool.md, 5.4).
struct DefinitionEncoder: ~Copyable {
  private struct Owned: Hashable {
    let stream: UInt32
    let reference: UInt32
  }

  /// By reference: number in this segment + 1, 0 for none yet.
  private var numbers: [UInt32] = []
  private var owners: [UInt32] = []
  /// A series that comes by a second stream gets a second number: what one stream loses must not bend another's values.
  private var strays: [Owned: UInt32] = [:]
  /// By symbol of the table: symbol of the segment + 1.
  private var symbols: [UInt32] = []
  private var symbolCount: UInt32 = 0
  private var shapes: [[UInt32]: UInt32] = [:]
  private var fresh: [SeriesReference] = []

  var seriesCount: Int { owners.count }

  init() {}

  /// Fills `list` with the segment's numbers of `references`, and appends to `definitions` the payloads of the records that they need first.
  mutating func localIdentifiers(
    for references: [SeriesReference],
    stream: UInt32,
    table: borrowing SeriesTable,
    into list: inout [UInt32],
    definitions: inout [[UInt8]]
  ) {
    list.removeAll(keepingCapacity: true)
    fresh.removeAll(keepingCapacity: true)
    let missing = table.numberLimit - numbers.count
    if missing > 0 { numbers.append(contentsOf: repeatElement(0, count: missing)) }
    for reference in references {
      let number = numbers[Int(reference.rawValue)]
      if number != 0, owners[Int(number - 1)] == stream {
        list.append(number - 1)
      } else if number == 0 {
        numbers[Int(reference.rawValue)] = UInt32(owners.count) + 1
        list.append(define(reference, stream: stream))
      } else {
        let owned = Owned(stream: stream, reference: reference.rawValue)
        if let stray = strays[owned] {
          list.append(stray)
        } else {
          strays[owned] = UInt32(owners.count)
          list.append(define(reference, stream: stream))
        }
      }
    }
    // In pieces, since a payload has a largest size.
    var start = 0
    while start < fresh.count {
      var end = start
      var byteCount = 0
      while end < fresh.count, end == start || byteCount < Self.pieceByteCount {
        byteCount += table.labelByteCount(fresh[end])
        end += 1
      }
      definitions.append(
        definitionPayload(fresh[start..<end], first: owners.count - fresh.count + start, stream: stream, table: table)
      )
      start = end
    }
  }

  private mutating func define(_ reference: SeriesReference, stream: UInt32) -> UInt32 {
    fresh.append(reference)
    owners.append(stream)
    return UInt32(owners.count - 1)
  }

  /// Label bytes after which a definitions record is long enough.
  private static let pieceByteCount = 4 << 20

  private mutating func definitionPayload(
    _ fresh: ArraySlice<SeriesReference>,
    first: Int,
    stream: UInt32,
    table: borrowing SeriesTable
  ) -> [UInt8] {
    var out = ByteBuffer()
    let firstSymbol = symbolCount
    var newSymbols: [UInt32] = []
    var newShapes: [[UInt32]] = []
    let firstShape = shapes.count
    var seriesBytes = ByteBuffer()
    var previousShape: UInt32?
    var previousValues: [UInt32] = []
    var highest = Int64(firstSymbol) - 1

    if symbols.count < table.symbols.count {
      symbols.append(contentsOf: repeatElement(0, count: table.symbols.count - symbols.count))
    }
    for reference in fresh {
      let nameSymbols = table.names(reference)
      let valueSymbols = table.values(reference)
      var names: [UInt32] = []
      var values: [UInt32] = []
      for index in nameSymbols.indices { names.append(number(nameSymbols[index], &newSymbols)) }
      let shape: UInt32
      if let known = shapes[names] {
        shape = known
      } else {
        shape = UInt32(shapes.count)
        shapes[names] = shape
        newShapes.append(names)
        // Names of a new shape stand before the series in the record, so they count as used.
        for name in names { highest = max(highest, Int64(name)) }
      }
      for index in valueSymbols.indices { values.append(number(valueSymbols[index], &newSymbols)) }
      seriesBytes.append(varint: UInt64(shape))
      let isSameShape = previousShape == shape
      for start in stride(from: 0, to: values.count, by: 8) {
        var mask: UInt8 = 0
        for index in start..<min(start + 8, values.count) where !isSameShape || previousValues[index] != values[index] {
          mask |= 1 << UInt8(index - start)
        }
        seriesBytes.append(mask)
      }
      for index in values.indices where !isSameShape || previousValues[index] != values[index] {
        let value = Int64(values[index])
        seriesBytes.append(varint: value == highest + 1 ? 0 : UInt64(value) + 1)
        highest = max(highest, value)
      }
      previousShape = shape
      previousValues = values
    }

    out.append(varint: UInt64(stream))
    out.append(varint: UInt64(firstSymbol))
    out.append(varint: newSymbols.count)
    writeSymbols(newSymbols, table: table, into: &out)
    out.append(varint: firstShape)
    out.append(varint: newShapes.count)
    for names in newShapes {
      out.append(varint: names.count)
      for name in names { out.append(varint: UInt64(name)) }
    }
    out.append(varint: first)
    out.append(varint: fresh.count)
    out.append(seriesBytes)
    // Names of pods, containers and images are in one another: what columns don't find, snappy does.
    let packed = SnappyBlock.compress(out.array)
    return packed.count < out.count ? [1] + packed : [0] + out.array
  }

  private mutating func number(_ symbol: UInt32, _ newSymbols: inout [UInt32]) -> UInt32 {
    if symbols[Int(symbol)] != 0 { return symbols[Int(symbol)] - 1 }
    let number = symbolCount
    symbolCount += 1
    symbols[Int(symbol)] = number + 1
    newSymbols.append(symbol)
    return number
  }

  private func writeSymbols(_ newSymbols: [UInt32], table: borrowing SeriesTable, into out: inout ByteBuffer) {
    var before = 0..<0
    for symbol in newSymbols {
      let range = table.symbols.range(symbol)
      let bytes = table.symbols.bytes
      var shared = 0
      while shared < min(before.count, range.count),
        bytes[before.lowerBound + shared] == bytes[range.lowerBound + shared]
      {
        shared += 1
      }
      out.append(varint: shared)
      out.append(varint: range.count - shared)
      out.append(bytes.extracting(range.lowerBound + shared..<range.upperBound))
      before = range
    }
  }
}
