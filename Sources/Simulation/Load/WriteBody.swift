/// Requests of remote write 1.0 as a node's Prometheus sends them: one sample of each series, all of one moment.
///
/// The bytes are laid out once, in snappy's block format with literals only; a request is a copy with values and timestamps filled in.
struct WriteBody {
  static let metricPrefix = "sim_"
  static let nodeLabel = "node"

  let node: Int
  let seriesCount: Int
  private var bytes: [UInt8] = []
  private var places: [(value: Int, timestamp: Int)] = []
  /// Timestamps from 2^35 up to 2^42 milliseconds since 1970 take so many bytes as a varint: from 1971 to 2109.
  private static let timestampByteCount = 6

  init(node: Int, seriesCount: Int) {
    self.node = node
    self.seriesCount = seriesCount
    var message: [UInt8] = []
    for series in 0..<seriesCount {
      var content: [UInt8] = []
      Self.appendLabel("__name__", Self.metricPrefix + String(series), to: &content)
      Self.appendLabel(Self.nodeLabel, String(node), to: &content)
      content += [0x12, UInt8(1 + 8 + 1 + Self.timestampByteCount), 0x09]
      let value = content.count
      content += [UInt8](repeating: 0, count: 8) + [0x10]
      let timestamp = content.count
      content += [UInt8](repeating: 0, count: Self.timestampByteCount)
      message += [0x0a, UInt8(content.count)]
      places.append((message.count + value, message.count + timestamp))
      message += content
    }
    Self.appendVarint(UInt64(message.count), to: &bytes)
    // A literal with its length, less one, in two bytes.
    bytes += [61 << 2, UInt8((message.count - 1) & 0xff), UInt8((message.count - 1) >> 8)]
    let start = bytes.count
    places = places.map { (start + $0.value, start + $0.timestamp) }
    bytes += message
  }

  /// The request with the samples of a moment, in milliseconds since 1970.
  func bytes(at timestamp: Int64) -> [UInt8] {
    var result = bytes
    for series in 0..<seriesCount {
      var bits = SampleValues.bits(node: node, series: series, timestamp: timestamp)
      for index in 0..<8 {
        result[places[series].value + index] = UInt8(truncatingIfNeeded: bits)
        bits >>= 8
      }
      var rest = UInt64(bitPattern: timestamp)
      for index in 0..<Self.timestampByteCount {
        let isLast = index == Self.timestampByteCount - 1
        result[places[series].timestamp + index] = UInt8(truncatingIfNeeded: rest & 0x7f) | (isLast ? 0 : 0x80)
        rest >>= 7
      }
    }
    return result
  }

  private static func appendLabel(_ name: String, _ value: String, to bytes: inout [UInt8]) {
    bytes += [0x0a, UInt8(name.utf8.count + value.utf8.count + 4)]
    bytes += [0x0a, UInt8(name.utf8.count)] + Array(name.utf8)
    bytes += [0x12, UInt8(value.utf8.count)] + Array(value.utf8)
  }

  private static func appendVarint(_ value: UInt64, to bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
