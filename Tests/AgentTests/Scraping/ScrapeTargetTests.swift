import Agent
import Testing

@Suite struct ScrapeTargetTests {
  private static func resolve(
    _ labels: [(name: String, value: String)],
    addsDefaultPort: Bool = false,
    _ change: (inout ScrapeJob) -> Void = { _ in }
  ) -> ScrapeTarget.Resolution {
    var job = ScrapeJob(name: "j", intervalMilliseconds: 90_000, timeoutMilliseconds: 10_000)
    change(&job)
    return ScrapeTarget.resolve(Labels(labels), job, addsDefaultPort: addsDefaultPort)
  }

  private static func url(_ resolution: ScrapeTarget.Resolution) -> String? {
    if case .target(let target) = resolution { target.url } else { nil }
  }

  @Test(
    arguments: [
      ([("__address__", "h")], "http://h/metrics"),
      ([("__address__", "h"), ("__scheme__", "https")], "https://h/metrics"),
      ([("__address__", "[::1]:9")], "http://[::1]:9/metrics"),
      ([("__address__", "h:1"), ("__metrics_path__", "p/ä?b")], "http://h:1/p/%C3%A4%3Fb"),
      ([("__address__", "h:1"), ("__param_q", "a b&c/é")], "http://h:1/metrics?q=a+b%26c%2F%C3%A9"),
    ] as [([(String, String)], String)]
  ) func url(labels: [(String, String)], url: String) {
    #expect(Self.url(Self.resolve(labels.map { (name: $0.0, value: $0.1) })) == url)
  }

  @Test func parametersOfTheJobMayBeRelabeled() {
    let resolution = Self.resolve([("__address__", "h"), ("__param_z", "1")]) { job in
      job.parameters = [.init("module", ["a", "b"]), .init("empty", [])]
      job.relabelRules = [
        RelabelRule(sources: ["__address__"], pattern: .always, target: "__param_module"),
        RelabelRule(pattern: .always, target: "__address__", replacement: "proxy:9115"),
      ]
    }
    #expect(Self.url(resolution) == "http://proxy:9115/metrics?module=h&module=b&z=1")
    guard case .target(let target) = resolution else { return }
    #expect(target.labels.texts.map { "\($0.name)=\($0.value)" } == ["instance=proxy:9115", "job=j"])
  }

  @Test func labelsSetTheTimes() {
    let resolution = Self.resolve([("__address__", "h"), ("__scrape_interval__", "1m"), ("__scrape_timeout__", "59s")])
    guard case .target(let target) = resolution else {
      Issue.record("\(resolution)")
      return
    }
    #expect(target.intervalMilliseconds == 60_000 && target.timeoutMilliseconds == 59_000)
  }

  @Test(
    arguments: [
      [("a", "b")], [("__address__", "h/p")], [("__address__", "user@h")], [("__address__", "::1")],
      [("__address__", "[::1")],
      [("__address__", "h:1:2")], [("__address__", "h?x")], [("__address__", "h\nX: y")], [("__address__", "h#")],
      [("__address__", "h"), ("__scheme__", "file")], [("__address__", "h"), ("__scrape_interval__", "0s")],
      [("__address__", "h"), ("__scrape_interval__", "x")], [("__address__", "h"), ("__scrape_timeout__", "91s")],
    ] as [[(String, String)]]
  ) func refuses(labels: [(String, String)]) {
    guard case .invalid = Self.resolve(labels.map { (name: $0.0, value: $0.1) }) else {
      Issue.record("\(labels)")
      return
    }
  }

  @Test func targetsAreScrapedOnceAndCounted() {
    let harness = ScraperHarness()
    harness.perform(
      harness.scraper.setTargets(
        job: "j",
        groups: [
          TargetGroup(
            targets: [Labels([("__address__", "h")]), Labels([("__address__", "h"), ("g", "own")])],
            labels: Labels([("g", "group")])
          ),
          TargetGroup(targets: [
            Labels([("__address__", "h"), ("g", "group"), ("__meta_x", "y")]), Labels([("__address__", "")]),
          ]),
        ],
        now: harness.now
      )
    )
    let status = harness.scraper.status[0]
    #expect(status.targets.map { $0.labels["g"] } == ["group", "own"])
    #expect(status.problems == ["the target has no __address__"])
  }
}

extension ScrapeTargetTests {
  @Test func onlySoManyTargets() {
    let harness = ScraperHarness { $0.targetCountMax = 2 }
    harness.setTargets("a", "a", "b", "c", "d")
    let status = harness.scraper.status[0]
    #expect(status.targets.map { $0.labels["instance"] } == ["a", "b"])
    #expect(status.problems == ["more than 2 targets: the others aren't scraped"])
    harness.setTargets("c", "b")
    #expect(harness.scraper.status[0].targets.count == 2 && harness.scraper.status[0].problems.isEmpty)
  }
}

extension RelabelPattern {
  static let always: RelabelPattern = {
    do { return try RelabelPattern("(.*)") } catch { preconditionFailure("\(error)") }
  }()
}
