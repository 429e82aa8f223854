import Model
import Testing

@Suite struct SuggestionTests {
  @Test(
    arguments: [
      ("colector", "collector"), ("collecotr", "collector"), ("COLLECTOR", "collector"), ("colection", "collector"),
      ("survived", "survive"), ("surive", "survive"), ("name_space", "namespace"), ("namspace", "namespace"),
      ("enable_network_resiliance", "enable_network_resilience"), ("network_threshold", nil),
      ("metric_sync_interval", "metrics_sync_interval"), ("sync_interval", "metrics_sync_interval"),
      ("queue_capacity", "remote_write_queue_capacity"), ("cluster", nil), ("xyzzy", nil), ("a", nil), ("", nil),
      ("version", "prometheus_version"), ("prometeus_verison", "prometheus_version"),
    ] as [(String, String?)]
  )
  func topLevelKey(word: String, meant: String?) {
    let keys = SettingGroup.top.members.compactMap { if case .setting = $0.member { $0.key } else { nil } }
    #expect(suggestion(for: word, among: keys) == meant)
  }

  @Test func nearestWinsAndTiesAreStable() {
    #expect(suggestion(for: "prod", among: ["prd", "prod2", "prod"]) == "prod")
    #expect(suggestion(for: "tset", among: ["text", "test"]) == "test")
    #expect(suggestion(for: "cat", among: ["car", "bat"]) == "bat")
    #expect(suggestion(for: String(repeating: "x", count: 10_000), among: ["x"]) == nil)
  }
}
