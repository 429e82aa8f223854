import Samples

/// Writes answers as Prometheus' HTTP API has them ("Expression query result formats").
public struct QueryAnswer {
  /// How long a sample is taken for the present (`--query.lookback-delta`).
  public static let lookback: Int64 = 300_000

  private var text = ""

  public static func failure(_ failure: QueryFailure) -> String {
    JSONValue.object(
      ("status", .string("error")),
      ("errorType", .string(failure.kind.rawValue)),
      ("error", .string(failure.message))
    ).compact + "\n"
  }

  public static func list(_ values: [JSONValue]) -> String {
    JSONValue.object(("status", .string("success")), ("data", .array(values))).compact + "\n"
  }

  public static func labels(_ series: QueriedSeries) -> JSONValue {
    .object(
      series.labels.map {
        JSONMember(String(decoding: $0.name, as: UTF8.self), .string(String(decoding: $0.value, as: UTF8.self)))
      }
    )
  }

  /// The newest sample of each at a moment.
  public static func vector(_ all: [QueriedSeries], at time: Int64) -> String {
    var answer = QueryAnswer()
    answer.begin("vector")
    for series in all {
      guard let bits = value(of: series.samples, at: time) else { continue }
      answer.beginSeries(series)
      answer.text += "\"value\":"
      answer.add(time, bits)
      answer.text += "}"
    }
    return answer.end()
  }

  /// Every sample of each, without stale markers.
  public static func samples(_ all: [QueriedSeries]) -> String {
    var answer = QueryAnswer()
    answer.begin("matrix")
    for series in all {
      answer.addMatrix(series, series.samples.lazy.filter { $0.bits != staleMarkerBits }.map { ($0.time, $0.bits) })
    }
    return answer.end()
  }

  /// The newest sample of each at each step.
  public static func steps(_ all: [QueriedSeries], _ times: StrideThrough<Int64>) -> String {
    var answer = QueryAnswer()
    answer.begin("matrix")
    for series in all {
      var points: [(Int64, UInt64)] = []
      var index = 0
      for time in times {
        while index < series.samples.count, series.samples[index].time <= time { index += 1 }
        guard index > 0, let bits = present(series.samples[index - 1], at: time) else { continue }
        points.append((time, bits))
      }
      answer.addMatrix(series, points)
    }
    return answer.end()
  }

  private static func value(of samples: [(time: Int64, bits: UInt64)], at time: Int64) -> UInt64? {
    samples.last { $0.time <= time }.flatMap { present($0, at: time) }
  }

  /// A stale marker ends a series.
  private static func present(_ sample: (time: Int64, bits: UInt64), at time: Int64) -> UInt64? {
    sample.time > time - lookback && sample.bits != staleMarkerBits ? sample.bits : nil
  }

  private mutating func begin(_ type: String) {
    text = "{\"status\":\"success\",\"data\":{\"resultType\":\"\(type)\",\"result\":["
  }

  private mutating func end() -> String { text + "]}}\n" }

  private mutating func beginSeries(_ series: QueriedSeries) {
    if text.utf8.last != UInt8(ascii: "[") { text += "," }
    text += "{\"metric\":" + Self.labels(series).compact + ","
  }

  private mutating func addMatrix(_ series: QueriedSeries, _ points: some Sequence<(Int64, UInt64)>) {
    var isFirst = true
    for (time, bits) in points {
      if isFirst { beginSeries(series) }
      text += isFirst ? "\"values\":[" : ","
      add(time, bits)
      isFirst = false
    }
    if !isFirst { text += "]}" }
  }

  private mutating func add(_ time: Int64, _ bits: UInt64) {
    text += "[\(JSONValue.thousandths(time).compact),\"\(Self.number(Double(bitPattern: bits)))\"]"
  }

  /// As Go writes numbers there: no fraction where there is none.
  private static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    if value == value.rounded(), value.magnitude < 1e15 {
      return value == 0 && value.sign == .minus ? "-0" : "\(Int64(value))"
    }
    return "\(value)"
  }
}
