import Model
import Samples

/// Prints samples, a line each, in pieces: what it holds doesn't grow with the queue.
struct SampleWriter {
  private static let flushByteCount = 256 << 10

  private let format: QueueExportCommand.Format
  private let timeRange: ClosedRange<Int64>?
  private var filter: SeriesFilter
  private var output: [UInt8] = []
  private var segment = 0
  /// What stands before the sample's own part of a line, by series of the segment.
  private var heads: [[UInt8]] = []

  init(format: QueueExportCommand.Format, timeRange: ClosedRange<Int64>?, filter: SeriesFilter) {
    self.format = format
    self.timeRange = timeRange
    self.filter = filter
  }

  mutating func write(
    _ record: borrowing DecodedRecord,
    _ dictionary: borrowing SegmentDictionary,
    segment: Int
  ) throws(Stop) {
    if segment != self.segment {
      self.segment = segment
      heads.removeAll()
    }
    for index in record.series.indices {
      let time = record.timestamps[index]
      if let timeRange, !timeRange.contains(time) { continue }
      guard filter.isWanted(record.series[index], dictionary, segment: segment) else { continue }
      appendHead(record.series[index], dictionary)
      appendSample(record.values[index], time)
      if output.count >= Self.flushByteCount { try flush() }
    }
    for item in record.items {
      if let timeRange, !timeRange.contains(item.timestamp) { continue }
      if let series = item.series {
        guard filter.isWanted(series, dictionary, segment: segment) else { continue }
      }
      // Text has no spelling for them.
      guard format == .json else { continue }
      append(item, dictionary)
      if output.count >= Self.flushByteCount { try flush() }
    }
  }

  mutating func end() throws(Stop) {
    if format == .openmetrics { output += "# EOF\n".utf8 }
    try flush()
  }

  private mutating func flush() throws(Stop) {
    try emit(output)
    output.removeAll(keepingCapacity: true)
  }

  private mutating func appendHead(_ series: UInt32, _ dictionary: borrowing SegmentDictionary) {
    let index = Int(series)
    if index >= heads.count { heads.append(contentsOf: repeatElement([], count: index + 1 - heads.count)) }
    if heads[index].isEmpty {
      let text = SeriesText(dictionary.labels(series))
      heads[index] = Array((format == .json ? "{\"labels\":" + text.jsonText : text.metricText).utf8)
    }
    output += heads[index]
  }

  private mutating func appendSample(_ bits: UInt64, _ time: Int64) {
    let value = Double(bitPattern: bits)
    switch format {
    case .json:
      output += ",\"timestamp\":\(time),\"value\":\(Self.json(value)),\"bits\":\"\(Self.hexadecimal(bits))\"}\n".utf8
    case .openmetrics: output += " \(Self.plain(value)) \(Self.seconds(time))\n".utf8
    }
  }

  private mutating func append(_ item: DecodedRecord.Item, _ dictionary: borrowing SegmentDictionary) {
    let kind =
      switch item.kind {
      case .histogram: "histogram"
      case .exemplar: "exemplar"
      case .metadata: "metadata"
      }
    if let series = item.series { appendHead(series, dictionary) } else { output += "{\"labels\":null".utf8 }
    output += ",\"timestamp\":\(item.timestamp),\"\(kind)\":\"".utf8
    for byte in item.message { output += Self.digits(UInt64(byte), 2) }
    output += "\"}\n".utf8
  }

  /// A number, or, where JSON has none, a word in quotes. The shortest decimal that reads back as the same double.
  private static func json(_ value: Double) -> String { value.isFinite ? value.description : "\"\(plain(value))\"" }

  private static func plain(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    return value.isFinite ? value.description : value < 0 ? "-Inf" : "+Inf"
  }

  /// OpenMetrics counts seconds.
  private static func seconds(_ milliseconds: Int64) -> String {
    let magnitude = milliseconds.magnitude
    let sign = milliseconds < 0 ? "-" : ""
    let fraction = String(magnitude % 1000)
    return "\(sign)\(magnitude / 1000).\(String(repeating: "0", count: 3 - fraction.utf8.count))\(fraction)"
  }

  private static func hexadecimal(_ bits: UInt64) -> String { String(decoding: digits(bits, 16), as: UTF8.self) }

  private static func digits(_ number: UInt64, _ count: Int) -> [UInt8] {
    let letters = Array("0123456789abcdef".utf8)
    return (0..<count).reversed().map { letters[Int(number >> UInt64($0 * 4) & 15)] }
  }
}
