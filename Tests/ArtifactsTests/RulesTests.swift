import Artifacts
import Document
import Model
import Testing

@Suite struct RulesTests {
  /// Files that are equal for several releases are proven once.
  @Test(arguments: Collector.allCases)
  func everyAlertFiresAndStaysQuietForEveryRelease(collector: Collector) throws {
    var proven: Set<String> = []
    for version in PrometheusVersion.supported {
      let configuration = PrometheusCase.configuration(collector, version: version)
      let scope = Baked(configuration)
      guard proven.insert(yaml(ruleGroups(scope)).string + yaml(ruleTests(scope)).string).inserted else { continue }
      try PrometheusTool.run(["check", "rules", "rules.yml"], files: ["rules.yml": yaml(ruleGroups(scope)).string])
      try PrometheusTool.proveRules(of: configuration)
    }
  }

  static let thresholds: [SettingInfo] = [
    Settings.retryRate.info, Settings.retryFor.info, Settings.queueAge.info, Settings.queueFill.info,
    Settings.failedSamples.info, Settings.syncLag.info, Settings.silentNodeFor.info, Settings.maxBackoff.info,
    Settings.maxSamplesPerSend.info, Settings.queueCapacity.info, Settings.maxShards.info, Settings.survive.info,
    Settings.syncInterval.info,
  ]

  @Test(arguments: thresholds)
  func alertsFollowTheirThresholdsToTheBounds(threshold: SettingInfo) throws {
    for value in threshold.domain.bounds {
      try PrometheusTool.proveRules(of: PrometheusCase.configuration(.prometheus, [threshold.path: value]))
    }
  }

  @Test(arguments: [
    #"{{ $labels.node }} }} {{ a "quoted" \ one, `ticks` ${x} %{x} $$ $(x) x: # 'y' |> }}{"#,
    "é \u{2028} \u{feff} ' OR 1=1 --", "yes", "- [a, b] & *c !d",
  ])
  func contactsMeanThemselves(contact: String) throws {
    try PrometheusTool.proveRules(of: PrometheusCase.configuration(.prometheus, ["contact": .text(contact)]))
  }

  @Test func namesTheSpecificationsAlerts() {
    let text = yaml(ruleGroups(Baked(PrometheusCase.configuration()))).string
    for name in ["HighRemoteWriteRetries", "RemoteWriteQueueFull", "NetworkPartitionDetected", "MetricsSyncLag"] {
      #expect(text.contains("alert: \(name)"))
    }
  }

  @Test func everyAlertIsRenderedForSomeCollector() {
    let text = Collector.allCases.map { yaml(ruleGroups(Baked(PrometheusCase.configuration($0)))).string }.joined()
    for name in AlertName.allCases { #expect(text.contains("alert: \(name.rawValue)\n"), "\(name)") }
  }

  @Test func recordsTheSpecificationsNamesOnlyWherePrometheusIsAlone() {
    for collector in Collector.allCases {
      let text = yaml(ruleGroups(Baked(PrometheusCase.configuration(collector)))).string
      for alias in MetricAlias.all {
        #expect(text.contains("record: \(alias.name)\n") == (collector == .prometheusOnly), "\(alias.name)")
      }
    }
  }

  @Test func extraRulesComeLastAndPassThrough() throws {
    let rule = PrometheusCase.mapping(["alert": "Mine", "expr": "up == 0", "for": "5m"])
    let configuration = PrometheusCase.configuration(extraRules: [rule])
    let text = yaml(ruleGroups(Baked(configuration))).string
    #expect(text.contains("alert: Mine"))
    try PrometheusTool.proveRules(of: configuration)
  }
}

extension Domain {
  /// The least and the greatest value.
  fileprivate var bounds: [ScalarValue] {
    switch self {
    case .integer(let range): [.integer(range.lowerBound), .integer(range.upperBound)]
    case .oneOf(let list): [list.first, list.last].compactMap { $0.map { .integer($0) } }
    case .number(let range): [.number(range.lowerBound), .number(range.upperBound)]
    // promtool evaluates each minute up to an alert, so a day of holding takes it many seconds.
    case .duration(let range):
      [.duration(range.lowerBound), .duration(range.upperBound == "1d" ? "2h30m" : range.upperBound)]
    default: []
    }
  }
}
