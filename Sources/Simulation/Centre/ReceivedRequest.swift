import Samples

/// What stands in a request to the centre: the reading of remote write 1.0 by somebody who shares no code with the encoder.
struct ReceivedRequest {
  struct Sample {
    let node: Int
    let series: Int
    let timestamp: Int64
    let bits: UInt64
  }

  /// Not a request, or not of a simulated node.
  struct Unreadable: Error {}

  private(set) var samples: [Sample] = []

  init(_ body: [UInt8]) throws(Unreadable) {
    let bytes: [UInt8]
    do throws(SnappyBlock.Failure) { bytes = try SnappyBlock.decompress(body, byteCountMax: 32 << 20) } catch {
      throw Unreadable()
    }
    var reader = Reader(end: bytes.count)
    let span = bytes.span
    // A sample with its labels takes more.
    samples.reserveCapacity(bytes.count / 24)
    while reader.offset < reader.end {
      let field = try reader.varint(span)
      guard field & 7 == 2 else { throw Unreadable() }
      let range = try reader.range(span)
      if field >> 3 == 1 { try readSeries(span, range) }
    }
  }

  private mutating func readSeries(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(Unreadable) {
    var reader = Reader(offset: range.lowerBound, end: range.upperBound)
    var node: Int?
    var series: Int?
    while reader.offset < reader.end {
      switch try reader.varint(bytes) {
      case 0x0a:
        let (name, value) = try Self.label(bytes, try reader.range(bytes))
        // `__name__` and `node`, told apart by their length; anything else is no simulated node's.
        switch name.count {
        case 8: series = try Self.number(bytes, value.dropFirst(WriteBody.metricPrefix.utf8.count))
        case 4: node = try Self.number(bytes, value)
        default: break
        }
      case 0x12:
        guard let node, let series else { throw Unreadable() }
        let sample = try Self.sample(bytes, try reader.range(bytes))
        samples.append(Sample(node: node, series: series, timestamp: sample.timestamp, bits: sample.bits))
      default: throw Unreadable()
      }
    }
  }

  private static func label(
    _ bytes: Span<UInt8>,
    _ range: Range<Int>
  ) throws(Unreadable) -> (name: Range<Int>, value: Range<Int>) {
    var reader = Reader(offset: range.lowerBound, end: range.upperBound)
    guard try reader.varint(bytes) == 0x0a else { throw Unreadable() }
    let name = try reader.range(bytes)
    guard try reader.varint(bytes) == 0x12 else { throw Unreadable() }
    return (name, try reader.range(bytes))
  }

  private static func number(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(Unreadable) -> Int {
    var number = 0
    for index in range {
      guard (0x30...0x39).contains(bytes[index]), number < 1 << 40 else { throw Unreadable() }
      number = number * 10 + Int(bytes[index] - 0x30)
    }
    return number
  }

  private static func sample(
    _ bytes: Span<UInt8>,
    _ range: Range<Int>
  ) throws(Unreadable) -> (timestamp: Int64, bits: UInt64) {
    var reader = Reader(offset: range.lowerBound, end: range.upperBound)
    var bits: UInt64 = 0
    var timestamp: Int64 = 0
    while reader.offset < reader.end {
      switch try reader.varint(bytes) {
      case 0x09:
        guard reader.offset + 8 <= reader.end else { throw Unreadable() }
        for index in 0..<8 { bits |= UInt64(bytes[reader.offset + index]) << UInt64(8 * index) }
        reader.offset += 8
      case 0x10: timestamp = Int64(bitPattern: try reader.varint(bytes))
      default: throw Unreadable()
      }
    }
    return (timestamp, bits)
  }

  private struct Reader {
    var offset = 0
    let end: Int

    mutating func varint(_ bytes: Span<UInt8>) throws(Unreadable) -> UInt64 {
      var value: UInt64 = 0
      var shift: UInt64 = 0
      while offset < end, shift < 64 {
        let byte = bytes[offset]
        offset += 1
        value |= UInt64(byte & 0x7f) << shift
        if byte < 0x80 { return value }
        shift += 7
      }
      throw Unreadable()
    }

    mutating func range(_ bytes: Span<UInt8>) throws(Unreadable) -> Range<Int> {
      let count = try varint(bytes)
      guard count <= UInt64(end - offset) else { throw Unreadable() }
      defer { offset += Int(count) }
      return offset..<offset + Int(count)
    }
  }
}
