import Foundation
import Samples
import Spool
import Testing

@testable import Agent

@Suite struct SpoolQueryTests {
  private func ask(
    _ world: World,
    _ target: QueryRequest.Target,
    _ form: String,
    limits: QueryLimits = QueryLimits(),
    isOverdue: Bool = false
  ) throws -> [String: Any] {
    var query = SpoolQuery(world.fileSystem, limits) { isOverdue }
    let text = try QueryRequest(target, forms: [form]).answer(&query, limits, now: world.moment.wall)
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func result(_ answer: [String: Any]) throws -> [[String: Any]] {
    #expect(answer["status"] as? String == "success")
    return try #require((answer["data"] as? [String: Any])?["result"] as? [[String: Any]])
  }

  private func seconds(_ milliseconds: Int64) -> String { "\(Double(milliseconds) / 1000)" }

  @Test func theNewestSampleWithinFiveMinutes() throws {
    let world = try World()
    let start = world.moment.wall
    try world.scrape(targets: 2, series: 3, times: 4)
    let now = try result(ask(world, .query, "query=metric_1"))
    #expect(now.count == 2)
    #expect((now[0]["metric"] as? [String: String]) == ["__name__": "metric_1", "instance": "t0"])
    let last = world.collected.filter { $0.key.series == "__name__=metric_1,instance=t0" }.max { $0.key < $1.key }
    let value = try #require(now[0]["value"] as? [Any])
    #expect(Double(value[1] as? String ?? "") == last.map { Double(bitPattern: $0.value) })
    let later = world.moment.wall + 300_000
    #expect(try result(ask(world, .query, "query=metric_1&time=\(seconds(later))")).isEmpty)
    #expect(try result(ask(world, .query, "query=metric_1&time=\(seconds(start - 1))")).isEmpty)
    #expect(try result(ask(world, .query, "query=metric_1%7Binstance%3D%22t1%22%7D")).count == 1)
  }

  @Test func everySampleOfARangeAndOfItsSteps() throws {
    let world = try World()
    try world.scrape(targets: 1, series: 2, times: 10)
    let all = world.collected.filter { $0.key.series.hasPrefix("__name__=metric_0") }.map(\.key.timestamp).sorted()
    let raw = try result(ask(world, .query, "query=metric_0[1h]"))
    #expect((raw.first?["values"] as? [[Any]])?.count == all.count)
    let form = "query=metric_0&start=\(seconds(all[0]))&end=\(seconds(all[9]))&step=5"
    let points = try #require(try result(ask(world, .range, form)).first?["values"] as? [[Any]])
    #expect(points.count == Int((all[9] - all[0]) / 5000) + 1)
    for point in points {
      let time = Int64(((point[0] as? Double ?? 0) * 1000).rounded())
      let seen = all.last { $0 <= time }
      let bits = seen.flatMap { world.collected[Key(series: "__name__=metric_0,instance=t0", timestamp: $0)] }
      #expect(Double(point[1] as? String ?? "") == bits.map { Double(bitPattern: $0) })
    }
  }

  @Test func aStaleMarkerEndsASeries() throws {
    let world = try World()
    try world.collect(series: 1)
    try world.run(for: 15_000)
    var batch = SampleBatch(stream: 0)
    batch.references = [world.series([("__name__", "metric_0"), ("instance", "t0")])]
    batch.values = [staleMarkerBits]
    batch.timestamps = [world.moment.wall]
    try world.add(batch)
    #expect(try result(ask(world, .query, "query=metric_0")).isEmpty)
    let before = seconds(world.moment.wall - 1)
    #expect(try result(ask(world, .query, "query=metric_0&time=\(before)")).count == 1)
    let raw = try result(ask(world, .query, "query=metric_0[1h]"))
    #expect((raw.first?["values"] as? [[Any]])?.count == 1)
  }

  @Test func labelsAndSeries() throws {
    let world = try World()
    try world.scrape(targets: 2, series: 3, times: 2)
    #expect(try ask(world, .labels, "")["data"] as? [String] == ["__name__", "instance"])
    #expect(try ask(world, .values(label: "instance"), "")["data"] as? [String] == ["t0", "t1"])
    let some = try ask(world, .values(label: "__name__"), "match[]=metric_2")["data"] as? [String]
    #expect(some == ["metric_2"])
    let series = try ask(world, .series, "match%5B%5D=metric_0&match%5B%5D=metric_1")["data"] as? [[String: String]]
    #expect(series?.count == 4)
    #expect(throws: QueryFailure.self) { try ask(world, .series, "") }
  }

  @Test func everythingIsBounded() throws {
    let world = try World()
    try world.scrape(targets: 2, series: 30, times: 5)
    func kind(_ change: (inout QueryLimits) -> Void, isOverdue: Bool = false) -> QueryFailure.Kind? {
      var limits = QueryLimits()
      change(&limits)
      return #expect(throws: QueryFailure.self) {
        try ask(world, .query, "query={instance=~\".%2B\"}[1h]", limits: limits, isOverdue: isOverdue)
      }?.kind
    }
    #expect(kind { $0.seriesCountMax = 59 } == .execution)
    #expect(kind { $0.sampleCountMax = 299 } == .execution)
    #expect(kind { $0.byteCountMax = 100 } == .execution)
    #expect(kind({ _ in }, isOverdue: true) == .timeout)
    for form in [
      "", "query=up&start=2&end=1&step=1", "query=up&start=1&end=2&step=0", "query=up&start=0&end=11000&step=1",
      "query=up&start=x&end=2&step=1", "query=up[5m]&start=1&end=2&step=1", "query=up&start=1&end=2", "query=sum(up)",
    ] {
      let failure = #expect(throws: QueryFailure.self) { try ask(world, .range, form) }
      #expect(failure?.kind == .badData && failure?.status == 400, "\(form)")
    }
  }
}
