import Agent
import Samples
import Testing

@Suite struct ScraperTests {
  private static func job(_ change: (inout ScrapeJob) -> Void = { _ in }) -> ScrapeJob {
    var job = ScrapeJob(name: "j", intervalMilliseconds: 15_000, timeoutMilliseconds: 10_000)
    change(&job)
    return job
  }

  @Test func aScrapeBecomesSamplesAndReports() throws {
    let harness = ScraperHarness { $0.externalLabels = [("cluster", "c"), ("job", "never")] }
    harness.setTargets("host:1")
    harness.wake()
    let request = try #require(harness.open.first)
    #expect(request.url == "http://host:1/metrics")
    #expect(request.timeoutMilliseconds == 10_000 && request.bodyByteCountMax == 64 << 20 && request.acceptsGzip)
    #expect(
      request.headers.map { "\($0.name): \($0.value)" } == [
        "Accept: application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
          + "application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,"
          + "text/plain;version=0.0.4;q=0.2,*/*;q=0.1",
        "User-Agent: rescfg", "X-Prometheus-Scrape-Timeout-Seconds: 10",
      ]
    )
    let started = harness.now.wall
    let batch = try #require(harness.answer(.text("m{a=\"1\"} 2.5\nn 3\n"), after: 250))
    let labels = "cluster=\"c\",instance=\"host:1\",job=\"j\""
    #expect(
      harness.lines(batch) == [
        "m{a=\"1\",\(labels)} 2.5", "n{\(labels)} 3.0", "up{\(labels)} 1.0", "scrape_duration_seconds{\(labels)} 0.25",
        "scrape_samples_scraped{\(labels)} 2.0", "scrape_samples_post_metric_relabeling{\(labels)} 2.0",
        "scrape_series_added{\(labels)} 2.0",
      ]
    )
    #expect(batch.timestamps == [started])
    #expect(harness.scraper.counters.samples == 7)
  }

  @Test func whatEndsGetsAMarker() {
    let harness = ScraperHarness()
    harness.setTargets("h")
    let tail = "{instance=\"h\",job=\"j\"}"
    #expect(exposed(harness.scrape("a 1\nb 1\nt 1 1700000000000\n")).count == 3)
    #expect(exposed(harness.scrape("a 2\nt 1 1700000000000\n")) == ["a\(tail) 2.0", "t\(tail) 1.0", "b\(tail) stale"])
    let failed = harness.scrape(.failure(.connection, message: "refused"))
    #expect(
      failed == [
        "up\(tail) 0.0", "scrape_duration_seconds\(tail) 0.02", "scrape_samples_scraped\(tail) 0.0",
        "scrape_samples_post_metric_relabeling\(tail) 0.0", "scrape_series_added\(tail) 0.0", "a\(tail) stale",
      ]
    )
    #expect(exposed(harness.scrape(.failure(.timeout, message: "10 s"))).isEmpty)
    let back = harness.scrape("a 3\n")
    #expect(back.contains("scrape_series_added\(tail) 0.0") && exposed(back) == ["a\(tail) 3.0"])
    #expect(harness.scraper.counters.failures == [.connection: 1, .timeout: 1])
  }

  @Test func aTargetThatGoesEndsWithItsReports() throws {
    let harness = ScraperHarness()
    harness.setTargets("h", "i")
    harness.scrape("a 1\n")
    harness.scrape("a 1\n")
    harness.batches = []
    // The clock was set back meanwhile.
    let before = harness.now.wall
    harness.now.wall -= 3_600_000
    harness.setTargets("i")
    let batch = try #require(harness.batches.first)
    #expect(harness.batches.count == 1 && batch.count == 6 && batch.values.allSatisfy { $0 == staleMarkerBits })
    #expect(harness.lines(batch)[0] == "a{instance=\"h\",job=\"j\"} stale")
    #expect(batch.timestamps.count == 1 && batch.timestamps[0] > before - 20_000)
    harness.setTargets("i")
    #expect(harness.batches.count == 1)
  }

  @Test func aTargetThatGoesGivesUpItsRequest() {
    let harness = ScraperHarness()
    harness.setTargets("h")
    harness.wake()
    let id = harness.open[0].id
    harness.setTargets()
    #expect(harness.cancelled == [id] && harness.batches.isEmpty)
    #expect(harness.scraper.finish(id, .text("a 1\n"), table: &harness.table, now: harness.now) == nil)
    #expect(harness.scraper.nextWake == nil || harness.scraper.step(now: harness.now, table: &harness.table).isEmpty)
  }

  @Test(
    arguments: [
      (.text("m 1\nm{a=\"b} 2\n"), "line 2: no name of a metric"),
      (.text("m 1\r\n"), "line 1: something where the line should end"),
      (.text("m\u{0} 1\n"), "line 1: no name of a metric"),
      (.text("<html>"), "line 1: no name of a metric"),
      (.openMetrics("m 1\n"), "line 2: OpenMetrics ends with a line '# EOF', which is missing"),
      (.answer(status: 204, contentType: nil, body: []), "the target answered with status 204"),
      (
        .answer(status: 302, contentType: nil, body: []),
        "the target answered with status 302, and redirects aren't followed"
      ),
      (
        .answer(status: 200, contentType: nil, body: Array("m 1\n".utf8)),
        "the target answered with no Content-Type, and the job has no fallback_scrape_protocol"
      ),
      (
        .answer(status: 200, contentType: "text/html", body: Array("m 1\n".utf8)),
        "the target answered with the Content-Type 'text/html', and the job has no fallback_scrape_protocol"
      ),
      (
        .answer(
          status: 200,
          contentType: "text/plain",
          body: [0x6d, 0x7b, 0x61, 0x3d, 0x22, 0xff, 0x22, 0x7d, 0x20, 0x31]
        ),
        "line 1: a label that isn't UTF-8"
      ),
      (.failure(.limit, message: "the body is larger than 10 bytes"), "the body is larger than 10 bytes"),
      (.failure(.timeout, message: "no answer within 10 s"), "no answer within 10 s"),
    ] as [(ScrapeResult, String)]
  ) func aBadAnswerTakesTheTargetDown(result: ScrapeResult, message: String) {
    let harness = ScraperHarness()
    harness.setTargets("h", "other")
    harness.scrape("good 1\n")
    harness.scrape("good 1\n")
    let tail = "{instance=\"h\",job=\"j\"}"
    var lines = harness.scrape(result)
    // Whichever of the two is first: it goes down, and the other one goes on.
    if !lines[0].contains("\"h\"") { lines = lines.map { $0.replacing("\"other\"", with: "\"h\"") } }
    #expect(lines.first == "up\(tail) 0.0" && lines.last == "good\(tail) stale" && lines.count == 6)
    let statuses = harness.scraper.status[0].targets
    #expect(statuses.compactMap(\.lastFailure?.message) == [message])
    #expect(Set(statuses.map(\.health)) == [.up, .down])
    #expect(exposed(harness.scrape("good 1\n")).count == 1)
  }

  @Test func valuesAreKeptToTheBit() {
    let harness = ScraperHarness()
    harness.setTargets("h")
    harness.wake()
    let texts = ["NaN", "+Inf", "-Inf", "-0", "5e-324", "1.7976931348623157e308", "0.1", "9007199254740993"]
    let body = texts.enumerated().map { "m\($0) \($1)\n" }.joined()
    let batch = harness.answer(.text(body))
    #expect(
      batch?.values.prefix(texts.count) == [
        0x7ff8_0000_0000_0001, 0x7ff0_0000_0000_0000, 0xfff0_0000_0000_0000, 0x8000_0000_0000_0000, 1,
        0x7fef_ffff_ffff_ffff, (0.1 as Double).bitPattern, (9_007_199_254_740_992 as Double).bitPattern,
      ]
    )
    #expect(batch?.values.contains(staleMarkerBits) == false)
  }

  @Test func ownTimestampsFarFromNowAreLeftOutAndCounted() {
    let harness = ScraperHarness {
      $0.timestampPastMillisecondsMax = 1000
      $0.timestampFutureMillisecondsMax = 1000
    }
    harness.setTargets("h")
    harness.wake()
    let now = harness.now.wall
    let batch = harness.answer(
      .text(
        "a 1 \(now - 1001)\nb 1 \(now + 1001)\nc 1 \(now - 1000)\nd 1 \(now + 1000)\ne 1\nf 1 9223372036854775807\n"
      )
    )
    #expect(batch?.timestamps.prefix(3) == [now - 1000, now + 1000, now] && batch?.count == 8)
    #expect(batch?.timestamps.count == 8)
    #expect(harness.scraper.counters.outOfRangeSamples == 3)
  }

  @Test func twiceInOneScrapeCountsOnce() {
    let harness = ScraperHarness()
    harness.setTargets("h")
    let lines = harness.scrape("a 1\na 2\nb{x=\"1\",x=\"2\"} 1\nc 3\n")
    #expect(exposed(lines).map { $0.suffix(3) } == ["1.0", "3.0"])
    #expect(harness.scraper.counters.duplicateSamples == 1 && harness.scraper.counters.refusedSamples == 1)
    #expect(lines.contains("scrape_samples_scraped{instance=\"h\",job=\"j\"} 4.0"))
  }

  @Test func limitsOfTheJobAndOfAll() {
    let cases: [(String, String, ScrapeLimit, (inout ScrapeJob) -> Void)] = [
      ("a 1\nb 1\nc 1\n", "line 3: more samples than sample_limit", .series, { $0.limits.sampleCount = 2 }),
      (
        "a 1\nb{x=\"1\"} 1\n", "line 2: a series with more labels than label_limit or the agent allows", .labelSize,
        { $0.limits.labelCount = 3 }
      ),
      (
        "a 1\nlong{xxxxxxxxx=\"1\"} 1\n",
        "line 2: a label with a longer name than label_name_length_limit or the agent allows", .labelSize,
        { $0.limits.labelNameByteCount = 8 }
      ),
      (
        "a 1\nb{x=\"12345\"} 1\n",
        "line 2: a label with a longer value than label_value_length_limit or the agent allows", .labelSize,
        { $0.limits.labelValueByteCount = 4 }
      ),
    ]
    for (body, message, limit, change) in cases {
      let harness = ScraperHarness([Self.job(change)])
      harness.setTargets("h")
      #expect(harness.scrape(body).first == "up{instance=\"h\",job=\"j\"} 0.0")
      #expect(harness.scraper.status[0].targets[0].lastFailure?.message == message)
      #expect(harness.scraper.counters.limitHits == [limit: 1], "\(message)")
    }
  }

  /// As Prometheus 2.42 reported the same scrapes (Tests/Acceptance/test_scrape_reports.py asks it again).
  @Test func reportsOfFailedScrapesAreThoseOfPrometheus() throws {
    func series(_ count: Int, _ more: String = "") -> String? {
      (0..<count).map { "m{i=\"\($0)\"} \($0)\n" }.joined() + more
    }
    let plan: [(body: String?, isUp: Int, scraped: Int, kept: Int, added: Int)] = [
      (series(3), 1, 3, 3, 3), (series(3), 1, 3, 3, 0), (series(8), 0, 8, 8, 2), (series(8), 0, 8, 8, 0),
      (series(3), 1, 3, 3, 0), (series(4), 1, 4, 4, 0), (series(3, "broken{ 1\n"), 0, 3, 3, 0), (series(3), 1, 3, 3, 0),
      (series(3, "drop_a 1\ndrop_b 2\n"), 1, 5, 3, 0), (series(5, "drop_a 1\n"), 1, 6, 5, 2),
      (series(6, "drop_a 1\n"), 0, 7, 6, 0), (series(3), 1, 3, 3, 0), (nil, 0, 0, 0, 0), (series(3), 1, 3, 3, 0),
      (series(7, "long 1\n"), 0, 8, 8, 2), (series(5), 1, 5, 5, 0), (series(2, "no_value\n"), 0, 2, 2, 0),
      (series(5), 1, 5, 5, 0),
    ]
    let rule = RelabelRule(action: .drop, sources: ["__name__"], pattern: try RelabelPattern("drop_.*"))
    let harness = ScraperHarness([
      Self.job {
        $0.limits.sampleCount = 5
        $0.metricRelabelRules = [rule]
      }
    ])
    harness.setTargets("h")
    for (number, one) in plan.enumerated() {
      let lines = harness.scrape(one.body.map { .text($0) } ?? .answer(status: 500, contentType: nil, body: []))
      let reports = [
        "up": one.isUp, "scrape_samples_scraped": one.scraped, "scrape_samples_post_metric_relabeling": one.kept,
        "scrape_series_added": one.added,
      ]
      for (name, value) in reports {
        #expect(lines.contains("\(name){instance=\"h\",job=\"j\"} \(Double(value))"), "scrape \(number): \(name)")
      }
    }
  }

  /// Beyond the limit, what relabeling drops is dropped, and a body that goes on for ever is only counted.
  @Test func whatIsBeyondTheLimitIsNotRemembered() {
    let harness = ScraperHarness([Self.job { $0.limits.sampleCount = 5 }])
    harness.setTargets("h")
    let lines = harness.scrape((0..<5000).map { "m{i=\"\($0)\"} 1\n" }.joined())
    #expect(lines.contains("scrape_samples_post_metric_relabeling{instance=\"h\",job=\"j\"} 5000.0"))
    #expect(harness.scraper.rememberedSeriesCount == 5 && harness.table.count <= 20)
  }

  @Test func allTargetsTogetherHaveABudget() {
    let harness = ScraperHarness { $0.seriesCountMax = 5 }
    harness.setTargets("h", "i")
    let body = "a 1\nb 1\nc 1\n"
    #expect(exposed(harness.scrape(body)).count == 3)
    #expect(exposed(harness.scrape(body)).isEmpty)
    #expect(harness.scraper.rememberedSeriesCount == 3 && harness.scraper.counters.limitHits == [.series: 1])
    // The first goes on as it was, and what it gives back another one may have.
    #expect(exposed(harness.scrape(body)).count == 3)
    #expect(exposed(harness.scrape(body)).isEmpty)
    for _ in 0..<10 { harness.scrape(.failure(.connection, message: "")) }
    #expect(harness.scraper.rememberedSeriesCount == 0)
    harness.scrape("a 1\n")
    #expect(exposed(harness.scrape(body + "d 1\n")).count == 4)
  }

  @Test func tooManyTargetsAreAllRefused() throws {
    let harness = ScraperHarness([Self.job { $0.limits.targetCount = 1 }])
    harness.setTargets("h", "i")
    for _ in 0..<2 { harness.wake() }
    #expect(harness.open.isEmpty && harness.batches.count == 2)
    #expect(harness.batches.allSatisfy { $0.count == 5 && $0.values[0] == 0 })
    #expect(
      harness.scraper.status[0].targets.map { $0.lastFailure?.message }
        == [String](repeating: "the job has 2 targets, and target_limit is 1", count: 2)
    )
    harness.setTargets("h")
    harness.wake()
    #expect(harness.open.count == 1)
  }

  @Test func aReloadDisturbsOnlyWhatItChanges() {
    let harness = ScraperHarness([
      Self.job(), ScrapeJob(name: "k", intervalMilliseconds: 15_000, timeoutMilliseconds: 1000),
    ])
    harness.setTargets("h")
    harness.setTargets("h", job: "k")
    for _ in 0..<2 { harness.scrape("a 1\n") }
    harness.batches = []
    let due = harness.scraper.nextWake
    harness.perform(harness.scraper.setJobs([Self.job { $0.acceptsGzip = false }], now: harness.now))
    // The job that is gone ends; the other keeps its time and what it remembers.
    #expect(harness.batches.count == 1 && harness.lines(harness.batches[0])[0] == "a{instance=\"h\",job=\"k\"} stale")
    let lines = harness.scrape("a 1\n")
    #expect(lines.contains("scrape_series_added{instance=\"h\",job=\"j\"} 0.0") && due != nil)
    harness.perform(harness.scraper.setJobs([Self.job { $0.honorsLabels = true }], now: harness.now))
    #expect(harness.batches.last?.values.allSatisfy { $0 == staleMarkerBits } == true)
  }

  @Test func liveSeriesAreNamed() {
    let harness = ScraperHarness()
    harness.setTargets("h")
    harness.scrape("a 1\nb 1\n")
    var live: Set<SeriesReference> = []
    harness.scraper.markLive { live.insert($0) }
    #expect(live == Set(harness.batches[0].references))
  }

  @Test func extraMetricsWhereAskedFor() {
    let harness = ScraperHarness([
      Self.job {
        $0.hasExtraMetrics = true; $0.limits.sampleCount = 9
      }
    ])
    harness.setTargets("h")
    let tail = "{instance=\"h\",job=\"j\"}"
    #expect(
      harness.scrape("a 1\n").suffix(3) == [
        "scrape_timeout_seconds\(tail) 10.0", "scrape_sample_limit\(tail) 9.0", "scrape_body_size_bytes\(tail) 4.0",
      ]
    )
  }
}
