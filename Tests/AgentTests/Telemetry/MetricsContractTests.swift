import Foundation
import Model
import Testing

/// docs/formats/metrics.md against the tables.
@Suite struct MetricsContractTests {
  let document: String

  init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    document = try String(contentsOf: root.appendingPathComponent("docs/formats/metrics.md"), encoding: .utf8)
  }

  @Test func namesEveryMetricOfTheDetector() {
    for metric in MetricTable.ofDetector {
      #expect(document.contains("`\(metric.name)`"), "\(metric.name)")
      for value in metric.labels.flatMap({ metric.fixedValues(ofLabel: $0) ?? [] }) {
        #expect(document.contains("`\(value)`"), "\(metric.name): \(value)")
      }
    }
  }

  @Test func namesEveryMetricOfTheAgent() {
    for name in MetricTable.ofAgent.map(\.name) + MetricAlias.all.map(\.name) {
      let isShortened = name.hasPrefix("prometheus_remote_storage_shards_")
      let suffix = isShortened ? String(name.dropFirst("prometheus_remote_storage_shards".count)) : name
      #expect(document.contains("`\(name)`") || document.contains("`_shards\(suffix)`"), "\(name)")
    }
  }

  @Test func namesEveryValueOfAFixedLabel() {
    for metric in MetricTable.ofAgent {
      for value in metric.labels.flatMap({ metric.fixedValues(ofLabel: $0) ?? [] }) {
        #expect(document.contains("`\(value)`"), "\(metric.name): \(value)")
      }
    }
  }
}
