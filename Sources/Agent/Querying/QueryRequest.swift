import Model

/// A request to the local query API, with its parameters.
public struct QueryRequest: Hashable, Sendable {
  public enum Target: Hashable, Sendable {
    case query, range, series, labels
    case values(label: String)
  }

  public let target: Target
  private let parameters: [String: [String]]

  /// The target of a path; nothing where it isn't one of the query API's.
  public static func target(_ path: String) -> Target? {
    switch path {
    case "/api/v1/query": return .query
    case "/api/v1/query_range": return .range
    case "/api/v1/series": return .series
    case "/api/v1/labels": return .labels
    default:
      let (prefix, suffix) = ("/api/v1/label/", "/values")
      guard path.hasPrefix(prefix), path.hasSuffix(suffix), path.utf8.count > prefix.utf8.count + suffix.utf8.count
      else { return nil }
      return .values(label: String(path.dropFirst(prefix.count).dropLast(suffix.count)))
    }
  }

  /// - Parameters:
  ///   - forms: of the URL and the body, `application/x-www-form-urlencoded`.
  public init(_ target: Target, forms: [String]) {
    self.target = target
    var parameters: [String: [String]] = [:]
    for form in forms {
      for field in form.split(separator: "&") {
        let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        parameters[Self.decoded(parts[0]), default: []].append(parts.count > 1 ? Self.decoded(parts[1]) : "")
      }
    }
    self.parameters = parameters
  }

  private static func decoded(_ text: Substring) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let byte = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
      {
        result.append(byte)
        index += 3
      } else {
        result.append(bytes[index] == UInt8(ascii: "+") ? 0x20 : bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Reads what it asks for. The answer's body.
  /// - Parameter now: milliseconds since 1970.
  public func answer(_ query: inout SpoolQuery, _ limits: QueryLimits, now: Int64) throws(QueryFailure) -> String {
    switch target {
    case .query: return try instant(&query, now)
    case .range: return try range(&query, limits)
    case .series:
      guard let matches = parameters["match[]"], !matches.isEmpty else {
        throw QueryFailure(.badData, "no match[] parameter provided")
      }
      return QueryAnswer.list(try series(&query).map(QueryAnswer.labels))
    case .labels:
      let names = Set(try series(&query).flatMap { $0.labels.map { String(decoding: $0.name, as: UTF8.self) } })
      return QueryAnswer.list(names.sorted().map(JSONValue.string))
    case .values(let label):
      let name = Array(label.utf8)
      let values = Set(
        try series(&query).flatMap { one in
          one.labels.filter { $0.name == name }.map { String(decoding: $0.value, as: UTF8.self) }
        }
      )
      return QueryAnswer.list(values.sorted().map(JSONValue.string))
    }
  }

  private func text(_ name: String) -> String? { parameters[name]?.first }

  private func selection() throws(QueryFailure) -> SeriesSelection {
    guard let text = text("query") else { throw QueryFailure(.badData, "no query parameter") }
    return try Self.read(text)
  }

  private static func read(_ selector: String) throws(QueryFailure) -> SeriesSelection {
    do throws(SelectionFailure) { return try SelectionParser.parse(selector) } catch { throw QueryFailure(error) }
  }

  private func instant(_ query: inout SpoolQuery, _ now: Int64) throws(QueryFailure) -> String {
    let selection = try selection()
    let time = try time("time") ?? now
    guard let range = selection.range else {
      let found = try query.run([selection], time - QueryAnswer.lookback + 1...time, keepsSamples: true)
      return QueryAnswer.vector(found, at: time)
    }
    let start = time.subtractingReportingOverflow(range - 1)
    return QueryAnswer.samples(
      try query.run([selection], (start.overflow ? .min : start.partialValue)...time, keepsSamples: true)
    )
  }

  private func range(_ query: inout SpoolQuery, _ limits: QueryLimits) throws(QueryFailure) -> String {
    let selection = try selection()
    guard selection.range == nil else {
      throw QueryFailure(
        .badData,
        "invalid expression type \"range vector\" for range query, must be Scalar or instant Vector"
      )
    }
    guard let start = try time("start"), let end = try time("end") else {
      throw QueryFailure(.badData, "start and end are needed")
    }
    guard start <= end else { throw QueryFailure(.badData, "end timestamp must not be before start time") }
    guard let step = try duration("step"), step > 0 else {
      throw QueryFailure(.badData, "zero or negative query resolution step widths are not accepted")
    }
    guard (end - start) / step < limits.stepCountMax else {
      throw QueryFailure(.badData, "exceeded maximum resolution of \(limits.stepCountMax) points per timeseries")
    }
    let found = try query.run([selection], start - QueryAnswer.lookback + 1...end, keepsSamples: true)
    guard found.count * Int((end - start) / step + 1) <= limits.sampleCountMax else {
      throw QueryFailure(.execution, "the answer would have more than \(limits.sampleCountMax) points")
    }
    return QueryAnswer.steps(found, stride(from: start, through: end, by: Int(step)))
  }

  private func series(_ query: inout SpoolQuery) throws(QueryFailure) -> [QueriedSeries] {
    var selections: [SeriesSelection] = []
    for match in parameters["match[]"] ?? [] { selections.append(try Self.read(match)) }
    let start = try time("start") ?? .min
    let end = try time("end") ?? .max
    guard start <= end else { throw QueryFailure(.badData, "end timestamp must not be before start time") }
    return try query.run(selections, start...end, keepsSamples: false)
  }

  /// Seconds since 1970, or RFC 3339 in UTC.
  private func time(_ name: String) throws(QueryFailure) -> Int64? {
    guard let text = text(name) else { return nil }
    if let seconds = Double(text), seconds.magnitude < 1e12 { return Int64((seconds * 1000).rounded()) }
    let whole = text.hasSuffix("Z") && !text.contains(".") ? text.dropLast() + ".000Z" : text[...]
    if let time = Timestamp(String(whole)) { return time.milliseconds }
    throw QueryFailure(.badData, "invalid parameter \"\(name)\": cannot parse \"\(text)\" to a valid timestamp")
  }

  private func duration(_ name: String) throws(QueryFailure) -> Int64? {
    guard let text = text(name) else { return nil }
    if let seconds = Double(text), seconds.magnitude < 1e12 { return Int64((seconds * 1000).rounded()) }
    if let duration = PrometheusDuration(text) { return Int64(duration.milliseconds) }
    throw QueryFailure(.badData, "invalid parameter \"\(name)\": cannot parse \"\(text)\" to a valid duration")
  }
}
