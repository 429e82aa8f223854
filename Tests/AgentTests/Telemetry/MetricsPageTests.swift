import Agent
import Foundation
import Model
import Testing

@Suite struct MetricsPageTests {
  /// The page is read back from its text, so that what counts is what a scraper sees.
  @Test func exposesExactlyTheTable() throws {
    let text = MetricsPage(Sample.agent([Sample.queue(), Sample.queue("second")])).written(as: .text)
    let read = try ReadPage(text)
    let table =
      MetricTable.ofAgent.map { ($0.name, $0.kind, $0.help, $0.labels) }
      + MetricAlias.all.map { ($0.name, $0.kind, $0.help, $0.labels) }
    #expect(read.order == table.map(\.0))
    for (name, kind, help, labels) in table {
      #expect(read.types[name] == kind.rawValue, "\(name)")
      #expect(read.helps[name] == help, "\(name)")
      for series in read.series where series.family == name {
        #expect(series.labels.map(\.name).filter { $0 != "le" } == labels, "\(series)")
      }
    }
  }

  @Test func everyFixedLabelHasAllItsValuesFromTheStart() throws {
    let queue = QueueSnapshot(
      name: "a",
      url: "http://h/w",
      ledger: LedgerSnapshot(
        collected: 0,
        delivered: 0,
        rejected: [:],
        dropped: [:],
        queued: 0,
        deliveredLive: 0,
        deliveredBacklog: 0,
        queuedBacklog: 0
      )
    )
    var watched = queue
    watched.path = PartitionDetector(
      DetectorConfiguration(threshold: 3, checkInterval: 30_000, checkTimeout: 10_000),
      now: Sample.now
    ).snapshot(checkURL: "http://h/-/healthy")
    var agent = AgentSnapshot(
      now: Sample.now,
      program: Sample.agent().program,
      queues: [watched],
      spool: SpoolSnapshot(limitBytes: 1)
    )
    agent.alerts.notifications = [("http://alertmanager:9093", Tally())]
    let read = try ReadPage(MetricsPage(agent).written(as: .text))
    for metric in MetricTable.ofAgent {
      let series = read.series.filter { $0.family == metric.name }
      #expect(!series.isEmpty, "\(metric.name)")
      for label in metric.labels {
        let values = Set(series.flatMap { $0.labels.filter { $0.name == label }.map(\.value) })
        if let fixed = metric.fixedValues(ofLabel: label) {
          #expect(values == Set(fixed), "\(metric.name) \(label)")
        } else {
          #expect(["remote_name", "url", "version"].contains(label) && values.count == 1, "\(metric.name) \(label)")
        }
      }
    }
  }

  @Test func noSeriesComesTwiceAndNoSecretIsShown() throws {
    let secret = "https://user:secret@centre.example/api/v1/write?token=secret#secret"
    let page = MetricsPage(Sample.agent([Sample.queue(url: secret), Sample.queue("second", url: secret)]))
    for format in [MetricsFormat.text, .openMetrics] {
      let text = page.written(as: format)
      #expect(!text.contains("secret") && text.contains(#"url="https://centre.example/api/v1/write""#))
      let names = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ").dropLast() }
      #expect(Set(names).count == names.count)
    }
    let checks = try ReadPage(page.written(as: .text)).series.filter { $0.family == "rescfg_health_checks_total" }
    #expect(checks.map(\.value) == ["460", "22"])
  }

  @Test(arguments: [UInt64.random(in: 0 ... .max), 1, 2])
  func theLedgerBalancesOnThePage(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<40 {
      let ledger = randomLedger(&random)
      #expect(ledger.isBalanced, "seed \(seed): \(ledger)")
      var queue = Sample.queue()
      queue.ledger = ledger
      let read = try ReadPage(MetricsPage(Sample.agent([queue])).written(as: .text))
      func sum(_ name: String) throws -> UInt64 {
        try read.series.filter { $0.family == name }.reduce(0) { try $0 + #require(UInt64($1.value)) }
      }
      let parts =
        try sum("rescfg_samples_delivered_total") + sum("rescfg_samples_rejected_total")
        + sum("rescfg_samples_dropped_total") + sum("rescfg_samples_queued")
      #expect(try sum("rescfg_samples_scraped_total") == parts, "seed \(seed): \(ledger)")
      #expect(try sum("prometheus_remote_storage_samples_failed_total") == sum("rescfg_samples_rejected_total"))
      #expect(try sum("prometheus_remote_storage_samples_dropped_total") == sum("rescfg_samples_dropped_total"))
      #expect(try sum("prometheus_remote_storage_queue_length") == sum("rescfg_samples_queued"))
    }
  }

  /// Lanes are drawn without regard to their sums: what the agent counted may be more than the books have.
  private func randomLedger(_ random: inout SeededGenerator) -> LedgerSnapshot {
    func count() -> UInt64 {
      let bounds: [UInt64] = [0, 1, 100, 1 << 20, 1 << 50]
      return UInt64.random(in: 0...(bounds.randomElement(using: &random) ?? 0), using: &random)
    }
    let rejections = ["too_old", "out_of_order", "duplicate", "too_large", "other", "a word of somebody's", ""]
    let drops = ["cap", "age", "damaged", "full", "io", "other", "too_old"]
    let rejected = Dictionary(uniqueKeysWithValues: rejections.filter { _ in count() > 0 }.map { ($0, count()) })
    let dropped = Dictionary(uniqueKeysWithValues: drops.filter { _ in count() > 0 }.map { ($0, count()) })
    let delivered = count()
    let queued = count()
    return LedgerSnapshot(
      collected: delivered + queued + rejected.values.reduce(0, +) + dropped.values.reduce(0, +),
      delivered: delivered,
      rejected: rejected,
      dropped: dropped,
      queued: queued,
      deliveredLive: count(),
      deliveredBacklog: count(),
      queuedBacklog: count()
    )
  }

  @Test func valuesAreExact() throws {
    let text = MetricsPage(Sample.agent()).written(as: .text)
    let labels = #"remote_name="remote_write_central",url="https://centre.example/api/v1/write""#
    for line in [
      "rescfg_samples_scraped_total{\(labels)} 1000000",
      #"rescfg_samples_delivered_total{\#(labels),lane="earlier"} 200000"#,
      #"rescfg_samples_rejected_total{\#(labels),reason="other"} 2"#,
      #"rescfg_samples_dropped_total{\#(labels),reason="disk_full"} 100"#,
      "rescfg_queue_oldest_timestamp_seconds{\(labels)} 1763837136.001",
      "rescfg_queue_limit_bytes{\(labels)} 10737418240",
      "rescfg_queue_unsynced_seconds{\(labels)} 0.25", "rescfg_clock_offset_seconds{\(labels)} -1.5",
      #"rescfg_queue_fsync_duration_seconds_bucket{\#(labels),le="0.00025"} 0"#,
      #"rescfg_queue_fsync_duration_seconds_bucket{\#(labels),le="0.0005"} 1"#,
      #"rescfg_queue_fsync_duration_seconds_bucket{\#(labels),le="10"} 1"#,
      "rescfg_queue_fsync_duration_seconds_sum{\(labels)} 0.000306",
      #"rescfg_partition_state{\#(labels),state="recovering"} 1"#,
      "prometheus_remote_storage_queue_capacity{\(labels)} 40000",
      "prometheus_remote_storage_queue_lowest_sent_timestamp_seconds{\(labels)} 1763837136.001",
      "prometheus_remote_storage_queue_highest_sent_timestamp_seconds{\(labels)} 1763840735.5",
      #"rescfg_scrape_targets{state="down"} 1"#, #"rescfg_receiver_requests_total{code="204"} 12"#,
      #"rescfg_build_info{version="0.3.0"} 1"#, "process_cpu_seconds_total 12.345",
    ] { #expect(text.contains("\n" + line + "\n"), "\(line)") }
  }

  /// The same series and values as in text, under the rules in which the formats differ.
  @Test func openMetricsSaysTheSame() throws {
    let page = MetricsPage(Sample.agent([Sample.queue(), Sample.queue("odd \\ \"name\"\n")]))
    let lines = page.written(as: .openMetrics).split(separator: "\n").map(String.init)
    let text = page.written(as: .text).split(separator: "\n").map(String.init)
    #expect(lines.last == "# EOF" && lines.count == text.count + 1)
    for (line, other) in zip(lines, text) where line != other {
      if line.hasPrefix("#") {
        #expect(line == other.replacing("_total ", with: " ").replacing("\"", with: "\\\""), "\(line)")
      } else {
        #expect(line.replacing(".0\"} ", with: "\"} ") == other && line.contains("_bucket{"), "\(line)")
      }
    }
    #expect(lines.contains("# TYPE rescfg_samples_scraped counter"))
    #expect(lines.contains { $0.contains(#"le="10.0"} "#) } && !lines.contains { $0.contains(#"le="10"} "#) })
  }

  @Test func promtoolHasNothingToSay() throws {
    let page = MetricsPage(Sample.agent([Sample.queue(), Sample.queue("odd \\ \"name\"\n")]))
    #expect(try promtoolCheckMetrics(page.written(as: .text)) == "")
    #expect(try promtoolCheckMetrics("# TYPE rescfg_bad counter\nrescfg_bad 1\n") != "")
  }
}
