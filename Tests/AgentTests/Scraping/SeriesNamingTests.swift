import Agent
import Samples
import Testing

/// Labels of the target and of the series: `honor_labels`, `exported_`, metric relabeling, external labels.
@Suite struct SeriesNamingTests {
  private static func exposed(
    _ text: String,
    labels: [(String, String)] = [],
    external: [(name: String, value: String)] = [],
    _ change: (inout ScrapeJob) -> Void
  ) -> [String] {
    var job = ScrapeJob(name: "j", intervalMilliseconds: 15_000, timeoutMilliseconds: 10_000)
    change(&job)
    let harness = ScraperHarness([job]) { $0.externalLabels = external }
    harness.setTargets("h", labels: labels)
    let lines = AgentTests.exposed(harness.scrape(text))
    // Whatever way a series took to its name, the next scrape finds it again.
    #expect(AgentTests.exposed(harness.scrape(text)) == lines)
    return lines
  }

  private static func rule(
    _ action: RelabelRule.Action,
    _ sources: [String] = [],
    _ regex: String,
    target: String = "",
    replacement: String = "$1"
  )
    throws -> RelabelRule
  {
    RelabelRule(
      action: action,
      sources: sources,
      pattern: try RelabelPattern(regex),
      target: target,
      replacement: replacement
    )
  }

  @Test(
    arguments: [
      ("m{instance=\"x\"} 1\n", false, "m{exported_instance=\"x\",instance=\"h\",job=\"j\"} 1.0"),
      ("m{instance=\"x\"} 1\n", true, "m{instance=\"x\",job=\"j\"} 1.0"),
      ("m{instance=\"\"} 1\n", false, "m{instance=\"h\",job=\"j\"} 1.0"),
      ("m{instance=\"\"} 1\n", true, "m{job=\"j\"} 1.0"),
      (
        "m{instance=\"x\",exported_instance=\"y\"} 1\n", false,
        "m{exported_exported_instance=\"x\",exported_instance=\"y\",instance=\"h\",job=\"j\"} 1.0"
      ),
      (
        "m{job=\"a\",instance=\"b\"} 1\n", false,
        "m{exported_instance=\"b\",exported_job=\"a\",instance=\"h\",job=\"j\"} 1.0"
      ),
      ("m{cluster=\"own\"} 1\n", false, "m{cluster=\"own\",instance=\"h\",job=\"j\"} 1.0"),
    ]
  ) func conflicts(text: String, honors: Bool, line: String) {
    let external = text.contains("cluster") ? [(name: "cluster", value: "c")] : []
    #expect(Self.exposed(text, external: external) { $0.honorsLabels = honors } == [line])
  }

  @Test func aTargetMayHaveAnExportedLabelItself() {
    let lines = Self.exposed("m{x=\"1\",exported_x=\"2\"} 1\n", labels: [("x", "t"), ("exported_x", "u")]) { _ in }
    // Shorter names first: `x` moves out of the way of the target's, then what stood where it moves to.
    #expect(
      lines == [
        "m{exported_exported_exported_x=\"2\",exported_exported_x=\"1\",exported_x=\"u\",instance=\"h\",job=\"j\",x=\"t\"} 1.0"
      ]
    )
  }

  @Test func metricsAreRelabeledOnce() throws {
    let rules = [
      try Self.rule(.drop, ["__name__"], "go_.*"),
      try Self.rule(.replace, ["__name__"], "node_(.*)", target: "__name__"),
      try Self.rule(.labeldrop, [], "instance"), try Self.rule(.replace, ["job"], "(.*)", target: "cluster"),
    ]
    let lines = Self.exposed(
      "go_x 1\nnode_y{a=\"1\"} 2\nz 3\n",
      external: [("cluster", "c"), ("e", "x")]
    ) { $0.metricRelabelRules = rules }
    #expect(lines == ["y{a=\"1\",cluster=\"j\",e=\"x\",job=\"j\"} 2.0", "z{cluster=\"j\",e=\"x\",job=\"j\"} 3.0"])
  }

  @Test func aSeriesWithoutItsNameFailsTheScrape() throws {
    var job = ScrapeJob(name: "j", intervalMilliseconds: 15_000, timeoutMilliseconds: 10_000)
    job.metricRelabelRules = [try Self.rule(.labeldrop, [], "__name__")]
    let harness = ScraperHarness([job])
    harness.setTargets("h")
    harness.scrape("a 1\n")
    #expect(
      harness.scraper.status[0].targets[0].lastFailure?.message
        == "line 1: metric_relabel_configs leave no __name__ of the series"
    )
  }
}
