import Agent

extension Centre {
  /// Answers a range query, as Prometheus does (`POST /api/v1/query_range`).
  func answer(_ form: [UInt8]) -> (status: Int, body: [UInt8]) {
    let query: CentreQuery
    do throws(CentreQuery.Unreadable) { query = try CentreQuery(form) } catch {
      note("a question that can't be read: \(String(decoding: form.prefix(200), as: UTF8.self))")
      return (400, Array("bad query".utf8))
    }
    // Those of a range that isn't over have a moment of their own each.
    var moment = TimeTexts()
    let isMoment = query.start == query.end
    let place =
      isMoment
      ? moment.place(query.start, query.end, step: query.step) : times.place(query.start, query.end, step: query.step)
    var answer = MatrixText(isMoment ? moment.bytes : times.bytes, from: place)
    var counted: (node: Int, counts: SeriesCounts)?
    for series in query.series {
      guard memories.indices.contains(series.node), (0..<64).contains(series.series) else { continue }
      if counted?.node != series.node {
        let wanted = query.series.filter { $0.node == series.node }.map(\.series)
        counted = (series.node, memories[series.node].counts(wanted, query))
      }
      if let counts = counted?.counts { answer.append(series, counts) }
    }
    return (200, answer.finish())
  }
}
