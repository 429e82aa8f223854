import Agent

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

  let series: [Series]
  /// Milliseconds since 1970, first and last.
  let start: Int64
  let end: Int64
  /// Milliseconds.
  let step: Int64
  let window: Int64

  init(_ form: [UInt8]) throws(Unreadable) {
    var fields: [String: String] = [:]
    for field in form.split(separator: UInt8(ascii: "&")) {
      let parts = field.split(separator: UInt8(ascii: "="), maxSplits: 1)
      guard parts.count == 2 else { throw Unreadable() }
      fields[String(decoding: parts[0], as: UTF8.self)] = Self.decoded(parts[1])
    }
    guard let query = fields["query"], let start = Self.time(fields["start"]), let end = Self.time(fields["end"]),
      let step = fields["step"].flatMap(Int64.init), (1...Self.secondsMax).contains(step), start <= end
    else { throw Unreadable() }
    var series: [Series] = []
    var windows: Set<Int64> = []
    for part in query.components(" or ") {
      let pieces = part.components("\"")
      // label_replace(count_over_time({a="1",b="2"}[300s]),"rescfg_witness","0","","")
      guard part.hasPrefix("label_replace(count_over_time({"), pieces.count >= 13 else { throw Unreadable() }
      let end = pieces.count - 9
      var labels: [(name: String, value: String)] = []
      for index in stride(from: 0, to: end, by: 2) {
        let name = pieces[index].drop { $0 != "{" && $0 != "," }.dropFirst().dropLast()
        labels.append((name: String(name), value: pieces[index + 1]))
      }
      let window = pieces[end].drop { $0 != "[" }.dropFirst().prefix { $0 != "]" }
      guard let metric = labels.first(where: { $0.name == "__name__" })?.value,
        metric.hasPrefix(WriteBody.metricPrefix),
        let number = Int(metric.dropFirst(WriteBody.metricPrefix.utf8.count)),
        let node = labels.first(where: { $0.name == WriteBody.nodeLabel }).flatMap({ Int($0.value) }),
        let length = Self.duration(String(window)), pieces[end + 1] == "rescfg_witness"
      else { throw Unreadable() }
      windows.insert(length)
      series.append(
        Series(node: node, series: number, labels: labels.filter { $0.name != "__name__" }, place: pieces[end + 3])
      )
    }
    guard windows.count == 1, let window = windows.first else { throw Unreadable() }
    (self.series, self.start, self.end, self.step, self.window) = (series, start, end, step * 1000, window)
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      switch bytes[index] {
      case UInt8(ascii: "+"): result.append(UInt8(ascii: " "))
      case UInt8(ascii: "%") where index + 2 < bytes.endIndex:
        let digits = String(decoding: bytes[index + 1...index + 2], as: UTF8.self)
        result.append(UInt8(digits, radix: 16) ?? UInt8(ascii: "?"))
        index += 2
      case let byte: result.append(byte)
      }
      index += 1
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// `1735689600.501` in milliseconds.
  private static func time(_ text: String?) -> Int64? {
    guard let parts = text?.split(separator: "."), parts.count == 2, parts[1].utf8.count == 3,
      let seconds = Int64(parts[0]), let rest = Int64(parts[1])
    else { return nil }
    return seconds * 1000 + rest
  }

  private static func duration(_ text: String) -> Int64? {
    if text.hasSuffix("ms") { return Int64(text.dropLast(2)) }
    return text.hasSuffix("s") ? Int64(text.dropLast()).map { $0 * 1000 } : nil
  }
}

extension String {
  /// What stands between the separators.
  fileprivate func components(_ separator: String) -> [String] {
    let (bytes, separator) = (Array(utf8), Array(separator.utf8))
    var parts: [String] = []
    var start = 0
    var index = 0
    while index + separator.count <= bytes.count {
      if bytes[index...].starts(with: separator) {
        parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
        index += separator.count
        start = index
      } else {
        index += 1
      }
    }
    return parts + [String(decoding: bytes[start...], as: UTF8.self)]
  }
}
