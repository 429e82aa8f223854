import Agent

extension Centre {
  /// Answers a range query, as Prometheus does (`POST /api/v1/query_range`).
  func answer(_ form: [UInt8]) -> (status: Int, body: [UInt8]) {
    let query: CentreQuery
    do throws(CentreQuery.Unreadable) { query = try CentreQuery(form) } catch {
      note("a question that can't be read: \(String(decoding: form.prefix(200), as: UTF8.self))")
      return (400, Array("bad query".utf8))
    }
    var result: [JSONValue] = []
    for series in query.series {
      guard memories.indices.contains(series.node), (0..<64).contains(series.series) else { continue }
      let counts = memories[series.node].counts(series.series, query)
      if counts.isEmpty { continue }
      let labels = series.labels.map { JSONMember($0.name, .string($0.value)) }
      let values = counts.map { count in
        JSONValue.array([.thousandths(count.time), .string(String(count.samples))])
      }
      result.append(
        .object([
          JSONMember("metric", .object(labels + [JSONMember("rescfg_witness", .string(series.place))])),
          JSONMember("values", .array(values)),
        ])
      )
    }
    let data = JSONValue.object([
      JSONMember("resultType", .string("matrix")), JSONMember("result", .array(result)),
    ])
    let body = JSONValue.object([JSONMember("status", .string("success")), JSONMember("data", data)])
    return (200, Array(body.compact.utf8))
  }
}
