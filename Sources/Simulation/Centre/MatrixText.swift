import Samples

/// The text of an answer to a range query, as Prometheus spells it. The centre isn't the agents' code, so its answers are written without
/// values of JSON in between; the agents read them as any other centre's.
struct MatrixText: ~Copyable {
  private var bytes = ByteBuffer(minimumCapacity: 4096)
  private let times: [UInt8]
  /// Where the text of the first step's time stands there.
  private let start: Int
  private var isFirst = true

  init(_ times: [UInt8], from start: Int) {
    self.times = times
    self.start = start
    bytes.append(Array("{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[".utf8))
  }

  /// A series, where it has anything.
  mutating func append(_ series: CentreQuery.Series, _ counts: SeriesCounts) {
    let row = counts.of(series.series)
    let times = times
    var isEmpty = true
    for (step, count) in row.enumerated() where count > 0 {
      if isEmpty { begin(series) }
      isEmpty = false
      let time = start + step * TimeTexts.byteCount
      bytes.append(times.span.extracting(time..<time + TimeTexts.byteCount))
      append(count)
      bytes.append(Self.pointEnd.span)
    }
    if isEmpty { return }
    // The last point has none behind it.
    bytes.truncate(to: bytes.count - 1)
    bytes.append(Self.seriesEnd)
  }

  private static let pointEnd = Array("\"],".utf8)
  private static let seriesEnd = Array("]}".utf8)

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
