import Samples

/// The text of an answer to a range query, as Prometheus spells it. The centre isn't the agents' code, so its answers are written without
/// values of JSON in between; the agents read them as any other centre's.
struct MatrixText: ~Copyable {
  private var bytes = ByteBuffer(minimumCapacity: 4096)
  /// `[1735689600.501,"` of each step, one after the other.
  private let times: [UInt8]
  private var ends: [Int] = [0]
  private var isFirst = true

  init(_ query: CentreQuery) {
    var times: [UInt8] = []
    for time in stride(from: query.start, through: query.end, by: Int64.Stride(query.step)) {
      times.append(UInt8(ascii: "["))
      Self.append(time, to: &times)
      times.append(UInt8(ascii: ","))
      times.append(UInt8(ascii: "\""))
      ends.append(times.count)
    }
    self.times = times
    bytes.append(Array("{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[".utf8))
  }

  /// Milliseconds, written in seconds.
  private static func append(_ time: Int64, to bytes: inout [UInt8]) {
    let start = bytes.count
    var (rest, digitCount) = (time, 0)
    while rest > 0 || digitCount < 4 {
      if digitCount == 3 { bytes.append(UInt8(ascii: ".")) }
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
      digitCount += 1
    }
    bytes[start...].reverse()
  }

  /// A series, where it has anything.
  mutating func append(_ series: CentreQuery.Series, _ counts: SeriesCounts) {
    let row = counts.of(series.series)
    let times = times
    var isEmpty = true
    for (step, count) in row.enumerated() where count > 0 {
      if isEmpty { begin(series) } else { bytes.append(UInt8(ascii: ",")) }
      isEmpty = false
      bytes.append(times.span.extracting(ends[step]..<ends[step + 1]))
      append(count)
      bytes.append(UInt8(ascii: "\""))
      bytes.append(UInt8(ascii: "]"))
    }
    if !isEmpty { bytes.append([UInt8(ascii: "]"), UInt8(ascii: "}")]) }
  }

  private mutating func begin(_ series: CentreQuery.Series) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    var text = "{\"metric\":{"
    for label in series.labels { text += "\"\(label.name)\":\"\(label.value)\"," }
    text += "\"rescfg_witness\":\"\(series.place)\"},\"values\":["
    bytes.append(Array(text.utf8))
  }

  private mutating func append(_ count: Int32) {
    if count < 10 {
      bytes.append(UInt8(ascii: "0") + UInt8(count))
    } else {
      bytes.append(Array(String(count).utf8))
    }
  }

  consuming func finish() -> [UInt8] {
    bytes.append(Array("]}}".utf8))
    return bytes.array
  }
}
