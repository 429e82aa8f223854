/// A range query as the agents' comparison asks it: `label_replace(count_over_time({...}[300s]),"rescfg_witness","0","","") or ...`.
/// Read from the request's text by somebody who shares no code with its writer, and only as far as such queries go.
struct CentreQuery {
  /// A series that is asked for.
  struct Series {
    let node: Int
    let series: Int
    /// Of the selector, but for the metric's name.
    let labels: [(name: String, value: String)]
    /// The label that the query adds.
    let place: String
  }

  /// A day.
  private static let secondsMax: Int64 = 86_400

  /// Not such a query.
  struct Unreadable: Error {}

  private(set) var series: [Series] = []
  /// Milliseconds since 1970, first and last.
  let start: Int64
  let end: Int64
  /// Milliseconds.
  let step: Int64
  private(set) var window: Int64 = 0

  init(_ form: [UInt8]) throws(Unreadable) {
    var fields: [String: [UInt8]] = [:]
    for field in form.split(separator: UInt8(ascii: "&")) {
      guard let equals = field.firstIndex(of: UInt8(ascii: "=")) else { throw Unreadable() }
      fields[String(decoding: field[..<equals], as: UTF8.self)] = try Self.decoded(field[(equals + 1)...])
    }
    guard let query = fields["query"], let start = fields["start"], let end = fields["end"], let step = fields["step"]
    else { throw Unreadable() }
    self.start = try Self.time(start)
    self.end = try Self.time(end)
    var reader = Reader(bytes: step)
    let seconds = try reader.number()
    guard reader.isAtEnd, (1...Self.secondsMax).contains(seconds), self.start <= self.end else { throw Unreadable() }
    self.step = seconds * 1000
    reader = Reader(bytes: query)
    try readSeries(&reader)
    while !reader.isAtEnd {
      try reader.require(" or ")
      try readSeries(&reader)
    }
  }

  /// `label_replace(count_over_time({a="1",b="2"}[300s]),"rescfg_witness","0","","")`
  private mutating func readSeries(_ reader: inout Reader) throws(Unreadable) {
    var labels: [(name: String, value: String)] = []
    var metric: String?
    var node: Int?
    try reader.require("label_replace(count_over_time({")
    repeat {
      let name = try reader.text(before: "=")
      try reader.require("=\"")
      let value = try reader.text(before: "\"")
      try reader.require("\"")
      if name == "__name__" { metric = value } else { labels.append((name, value)) }
      if name == WriteBody.nodeLabel { node = Int(value) }
    } while reader.take(",")
    try reader.require("}[")
    let length = try reader.number()
    var window = length
    if !reader.take("ms") {
      try reader.require("s")
      window *= 1000
    }
    try reader.require("]),\"rescfg_witness\",\"")
    let place = try reader.text(before: "\"")
    try reader.require("\",\"\",\"\")")
    guard let metric, metric.hasPrefix(WriteBody.metricPrefix), let node,
      let number = Int(metric.dropFirst(WriteBody.metricPrefix.utf8.count)), series.isEmpty || window == self.window
    else { throw Unreadable() }
    self.window = window
    series.append(Series(node: node, series: number, labels: labels, place: place))
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) throws(Unreadable) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      switch bytes[index] {
      case UInt8(ascii: "+"): result.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard index + 2 < bytes.endIndex else { throw Unreadable() }
        result.append(try digit(bytes[index + 1]) << 4 | digit(bytes[index + 2]))
        index += 2
      case let byte: result.append(byte)
      }
      index += 1
    }
    return result
  }

  /// Of base 16, in capitals.
  private static func digit(_ byte: UInt8) throws(Unreadable) -> UInt8 {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    default: throw Unreadable()
    }
  }

  /// `1735689600.501` in milliseconds.
  private static func time(_ bytes: [UInt8]) throws(Unreadable) -> Int64 {
    var reader = Reader(bytes: bytes)
    let seconds = try reader.number()
    try reader.require(".")
    let rest = try reader.number()
    guard reader.isAtEnd, bytes.count > 4, bytes[bytes.count - 4] == UInt8(ascii: ".") else { throw Unreadable() }
    return seconds * 1000 + rest
  }

  private struct Reader {
    let bytes: [UInt8]
    var offset = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { offset == bytes.count }

    mutating func take(_ text: StaticString) -> Bool {
      let count = text.utf8CodeUnitCount
      guard bytes.count - offset >= count else { return false }
      let isThere = text.withUTF8Buffer { wanted in
        for index in 0..<count where unsafe wanted[index] != bytes[offset + index] { return false }
        return true
      }
      if isThere { offset += count }
      return isThere
    }

    mutating func require(_ text: StaticString) throws(Unreadable) { if !take(text) { throw Unreadable() } }

    /// No escape is taken: what the simulation names needs none.
    mutating func text(before end: Unicode.Scalar) throws(Unreadable) -> String {
      let start = offset
      while offset < bytes.count, bytes[offset] != UInt8(ascii: end) {
        if bytes[offset] == UInt8(ascii: "\\") { throw Unreadable() }
        offset += 1
      }
      if isAtEnd { throw Unreadable() }
      return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    mutating func number() throws(Unreadable) -> Int64 {
      var value: Int64 = 0
      let start = offset
      while offset < bytes.count, case let digit = bytes[offset] &- 0x30, digit < 10, offset - start < 15 {
        value = value * 10 + Int64(digit)
        offset += 1
      }
      if offset == start { throw Unreadable() }
      return value
    }
  }
}
