extension RequestMessages {
  /// A request of those messages alone. In 2.0 it has the symbols that they name and no others, so that what all parts of a search have together
  /// grows with the messages in them, not with the number of parts.
  public func body(_ range: Range<Int>) -> ByteBuffer {
    var body = ByteBuffer()
    if range == 0..<count {
      body.append(bytes.span)
    } else if isVersion2 {
      do throws(ByteReader.Malformed) { body = try part2(range) } catch {
        preconditionFailure("BUG: a request of ours that can't be read")
      }
    } else {
      for message in messages[range] { body.append(bytes.span.extracting(message)) }
    }
    return body
  }

  private func part2(_ range: Range<Int>) throws(ByteReader.Malformed) -> ByteBuffer {
    var kept = KeptSymbols(count: symbols.count)
    var series = ByteBuffer()
    for index in range {
      let renumbered = try kept.renumber(bytes.span.extracting(try content(index)), .series)
      series.appendField(5, renumbered.span)
    }
    var body = ByteBuffer()
    for number in kept.numbers { body.appendField(4, bytes.span.extracting(symbols[number])) }
    body.append(series)
    return body
  }
}

/// Which symbols of a request a part of it has, and as which number.
private struct KeptSymbols {
  /// The empty text is the first of every request.
  private(set) var numbers = [0]
  private var places: [Int: Int] = [0: 0]
  private let count: Int

  init(count: Int) { self.count = count }

  mutating func place(_ number: Int) throws(ByteReader.Malformed) -> Int {
    guard number < count else { throw ByteReader.Malformed() }
    if let place = places[number] { return place }
    numbers.append(number)
    places[number] = numbers.count - 1
    return numbers.count - 1
  }
}

/// Messages of remote write 2.0 that name symbols.
private enum Naming { case series, exemplar, metadata }

extension KeptSymbols {
  /// The message with the numbers that its symbols have here.
  fileprivate mutating func renumber(_ message: Span<UInt8>, _ kind: Naming) throws(ByteReader.Malformed) -> ByteBuffer
  {
    var result = ByteBuffer()
    var reader = ByteReader(message)
    while !reader.isAtEnd {
      let start = reader.offset
      let (field, wireType) = try reader.tag()
      switch (kind, field, wireType) {
      case (.series, 1, 2), (.exemplar, 1, 2):
        let labels = try references(try reader.message())
        result.appendField(1, labels.span)
      case (.series, 4, 2):
        let exemplar = try renumber(try reader.message(), .exemplar)
        result.appendField(4, exemplar.span)
      case (.series, 5, 2):
        let metadata = try renumber(try reader.message(), .metadata)
        result.appendField(5, metadata.span)
      // Help and unit.
      case (.metadata, 3, 0), (.metadata, 4, 0):
        result.append(message.extracting(start..<reader.offset))
        result.append(varint: try place(try reader.count(max: .max)))
      default:
        try reader.skip(wireType: wireType)
        result.append(message.extracting(start..<reader.offset))
      }
    }
    return result
  }

  private mutating func references(_ packed: Span<UInt8>) throws(ByteReader.Malformed) -> ByteBuffer {
    var result = ByteBuffer()
    var reader = ByteReader(packed)
    while !reader.isAtEnd { result.append(varint: try place(try reader.count(max: .max))) }
    return result
  }
}
