import Artifacts
import Document
import Model
import Testing

@Suite struct RunbookTests {
  private func configuration(_ values: [String: ScalarValue]) -> Configuration {
    Configuration(
      environment: "prod",
      written: values.mapValues { Configuration.Resolved($0, from: .standard) }
    )
  }

  private func runbook(_ values: [String: ScalarValue]) -> String {
    Artifacts.runbook(Baked(configuration(values))).string
  }

  /// Every shape fills every slot: a missing one stops the program.
  @Test(arguments: Collector.allCases, StorageKind.allCases)
  func everyShapeIsComplete(collector: Collector, storage: StorageKind) {
    for central in CentralKind.allCases {
      let text = runbook([
        "collector": collector.scalar, "storage.kind": storage.scalar, "central.kind": central.scalar,
        "enable_network_resilience": .boolean(true),
      ])
      #expect(!text.contains("{{"))
      #expect(!text.contains("false here"))
    }
  }

  @Test func figuresKeepTheirSettings() {
    let artifact = Artifact(
      "docs/runbook.md",
      Artifacts.runbook(Baked(configuration(["network_partition_threshold": .integer(7)])))
    )
    let lines = artifact.contents.split(separator: "\n", omittingEmptySubsequences: false)
    let found = artifact.lines(of: "network_partition_threshold")
    #expect(found.count == 2)
    #expect(found.allSatisfy { lines[$0 - 1].contains("7") })
  }

  @Test func drainEstimateFollowsFromLoad() {
    let text = runbook([
      "survive": .duration("10h"), "load.series_per_node": .integer(6000), "load.scrape_interval": .duration("10s"),
      "remote_write.drain_rate": .integer(6000),
    ])
    // 36,000 s of 600 samples a second; at 6,000 a second an hour.
    #expect(text.contains("about 21600000 samples queued, which take about 60 minutes"))
  }

  @Test(arguments: Collector.allCases) func everyAlertHasItsSection(collector: Collector) {
    let lines = runbook(["collector": collector.scalar]).split(separator: "\n")
    for name in AlertName.allCases where collector.hasDurableQueue || name != .remoteWriteDiskQueueFilling {
      #expect(lines.contains { $0 == "### \(name.rawValue)" })
    }
  }

  @Test func prometheusAloneIsNotRestartedLightly() {
    let text = runbook(["collector": Collector.prometheusOnly.scalar])
    #expect(text.contains("A restart loses every unsent sample"))
    #expect(!text.contains("rescfg queue"))
  }

  @Test func markdownInAContactStaysText() {
    let text = runbook(["contact": .text("*a* <b> [c](d) `e` | \\")])
    #expect(text.contains(#"Responsible: \*a\* \<b\> \[c\]\(d\) \`e\` \| \\."#))
  }
}
