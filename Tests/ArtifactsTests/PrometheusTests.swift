import Artifacts
import Document
import Foundation
import Model
import Testing

@Suite struct PrometheusTests {
  /// promtool 2.42 knows all fields but the two newer ones, which only the path straight to the centre has.
  ///
  /// Debian builds it without Kubernetes discovery, so that part is checked by `kubernetesDiscoveryIsNodeLocal`.
  @Test(arguments: CentralKind.allCases)
  func promtoolTakesTheAgentConfiguration(kind: CentralKind) throws {
    for collector in Collector.allCases {
      for version in [PrometheusVersion(2, 42), PrometheusVersion(2, 49)] {
        let scope = Baked(PrometheusCase.configuration(collector, version: version, ["central.kind": kind.scalar]))
        try PrometheusTool.run(
          ["check", "config", "--agent", "--syntax-only", "agent.yml"],
          files: ["agent.yml": yaml(withoutKubernetes(agentConfig(scope))).string]
        )
      }
    }
  }

  /// The tree with static targets in place of Kubernetes discovery.
  private func withoutKubernetes(_ tree: Tree<Never>) -> Tree<Never> {
    switch tree {
    case .sequence(let items): .sequence(items.map(withoutKubernetes))
    case .mapping(let entries):
      .mapping(
        entries.map { entry in
          entry.key == "kubernetes_sd_configs"
            ? .init("static_configs", [["targets": ["node:1"]]]) : .init(entry.key, withoutKubernetes(entry.value))
        }
      )
    default: tree
    }
  }

  /// Fields and roles as `discovery/kubernetes` of 2.42 to 3.14 has them.
  @Test func kubernetesDiscoveryIsNodeLocal() throws {
    guard case .sequence(let jobs) = agentConfig(Baked(PrometheusCase.configuration()))["scrape_configs"] else {
      Issue.record("no scrape_configs")
      return
    }
    let discoveries = jobs.compactMap { $0["kubernetes_sd_configs"] }
    #expect(discoveries.count == 5)
    let node: Tree<Never> = [["role": "node", "selectors": [["role": "node", "field": "metadata.name=$(NODE_NAME)"]]]]
    let pod: Tree<Never> = [["role": "pod", "selectors": [["role": "pod", "field": "spec.nodeName=$(NODE_NAME)"]]]]
    let slice: Tree<Never> = [
      ["role": "endpointslice", "selectors": [["role": "pod", "field": "spec.nodeName=$(NODE_NAME)"]]]
    ]
    for discovery in discoveries { #expect([node, pod, slice].contains(discovery)) }
  }

  @Test(arguments: Collector.allCases)
  func newerReleasesDifferOnlyByTheirFields(collector: Collector) {
    for version in PrometheusVersion.supported {
      let newer = Baked(
        PrometheusCase.configuration(
          collector,
          version: version,
          ["remote_write.protocol": RemoteWriteProtocol.v2.scalar]
        )
      )
      let oldest = Baked(PrometheusCase.configuration(collector, version: PrometheusVersion(2, 42)))
      let lines = yaml(agentConfig(oldest)).string.split(separator: "\n").map(uncommented)
      let added = yaml(agentConfig(newer)).string.split(separator: "\n").map(uncommented).filter { !lines.contains($0) }
      let isStraight = collector != .prometheus
      var expected: [String] = []
      if isStraight, version >= PrometheusVersion(2, 54) {
        expected.append("protobuf_message: io.prometheus.write.v2.Request")
      }
      if isStraight, version >= PrometheusVersion(2, 50) { expected.append("sample_age_limit: 24h") }
      #expect(added.filter { !$0.isEmpty } == expected, "\(version)")
    }
  }

  private func uncommented(_ line: Substring) -> String {
    let text = line.trimmingCharacters(in: .whitespaces)
    return text.hasPrefix("#") ? "" : text.components(separatedBy: "  #")[0]
  }

  @Test func theQueueHasTheSpecificationsFigures() throws {
    for collector in Collector.allCases {
      let text = yaml(agentConfig(Baked(PrometheusCase.configuration(collector)))).string
      for line in [
        "capacity: 10000", "max_shards: 10", "max_samples_per_send: 1000", "min_backoff: 1s", "max_backoff: 30s",
        "retry_on_http_429: true", "send_interval: 1m", "job_name: kubernetes-nodes",
      ] {
        #expect(text.contains(line), "\(line)")
      }
    }
  }

  @Test func externalLabelsMeanThemselves() throws {
    let awkward = ["${HOME}", "$x", "$(x)", "a$", #"q"uo'te: #"#, "yes", "1.0", "{{ x }}", "\u{2028}"]
    let labels = awkward.enumerated().map {
      Configuration.ExternalLabel("l\($0.offset)", $0.element, at: PrometheusCase.here)
    }
    for (version, dollar) in [(PrometheusVersion(2, 55), "$"), (PrometheusVersion(3, 0), "$$")] {
      let scope = Baked(PrometheusCase.configuration(version: version, externalLabels: labels))
      let tree = agentConfig(scope)
      for label in labels {
        guard case .text(let text) = tree["global", "external_labels", label.name] else {
          Issue.record("no label \(label.name)")
          continue
        }
        #expect(text.string == label.value.replacingOccurrences(of: "$", with: dollar))
      }
      try PrometheusTool.run(
        ["check", "config", "--agent", "--syntax-only", "agent.yml"],
        files: ["agent.yml": yaml(withoutKubernetes(tree)).string]
      )
    }
  }

  @Test func theNodesNameStaysAPlaceholderInAUsersLabel() {
    let label = Configuration.ExternalLabel("host", "$(NODE_NAME)-$x", at: PrometheusCase.here)
    let tree = agentConfig(Baked(PrometheusCase.configuration(externalLabels: [label])))
    #expect(tree["global", "external_labels", "host"] == "$(NODE_NAME)-$$x")
  }

  @Test func aUsersJobsReplaceTheStandardOnesButNotTheAgentsOwn() {
    func names(_ configuration: Configuration) -> [String] {
      strings(under: "job_name", in: agentConfig(Baked(configuration)))
    }
    let mine = PrometheusCase.mapping(["job_name": "mine", "sample_limit": "10", "honor_labels": "true"])
    #expect(names(PrometheusCase.configuration(scrapeConfigs: [mine])) == ["mine", "prometheus-agent"])
    let own = PrometheusCase.mapping(["job_name": "prometheus-agent"])
    #expect(names(PrometheusCase.configuration(scrapeConfigs: [own, mine])) == ["prometheus-agent", "mine"])
  }

  @Test(arguments: PrometheusVersion.supported)
  func theAgentFlagIsTheReleases(version: PrometheusVersion) {
    for collector in Collector.allCases {
      let arguments = prometheusArguments(Baked(PrometheusCase.configuration(collector, version: version))).map(
        \.string
      )
      guard collector.hasPrometheus else {
        #expect(arguments.isEmpty)
        continue
      }
      #expect(arguments.contains("--agent") == (version.major == 3))
      #expect(arguments.contains("--enable-feature=agent") == (version.major == 2))
      let listens = collector == .prometheus ? "127.0.0.1:9091" : "0.0.0.0:9090"
      #expect(arguments.contains("--web.listen-address=\(listens)"))
    }
  }

  /// Half of the period is what a partition may last; more than the disk holds would fill it.
  @Test func theLogIsKeptForThePartitionOrForTheDisk() {
    func period(_ changed: [String: ScalarValue]) -> String? {
      prometheusArguments(Baked(PrometheusCase.configuration(.prometheusOnly, changed))).map(\.string)
        .first { $0.hasPrefix("--storage.agent.wal-truncate-frequency=") }?.split(separator: "=").last.map(String.init)
    }
    let cases: [([String: ScalarValue], String)] = [
      ([:], "86400s"), (["survive": .duration("10m")], "7200s"), (["storage.size": .quantity("1Gi")], "18302s"),
      (["storage.size": .quantity("64Mi"), "load.series_per_node": .integer(10_000_000)], "600s"),
    ]
    for (changed, expected) in cases {
      #expect(period(changed) == expected)
      // What `check` warns with.
      #expect(PrometheusCase.configuration(.prometheusOnly, changed).truncationSeconds.description + "s" == expected)
    }
  }

  @Test func theCentreReceivesLateSamples() throws {
    let values = centralValues(Baked(PrometheusCase.configuration()), onOwnStorageClass: true)
    let spec = try #require(values["prometheus", "prometheusSpec"])
    #expect(spec["enableRemoteWriteReceiver"] == true)
    let window = try #require(spec["tsdb", "outOfOrderTimeWindow"])
    guard case .text(let text) = window else {
      Issue.record("the window is no text")
      return
    }
    #expect(text.string == "24h")
    #expect(spec["podMetadata", "labels", "app"] == "kube-prometheus-stack-prometheus")
  }

  @Test(arguments: CentralKind.allCases)
  func anotherCentreIsWrittenTo(kind: CentralKind) throws {
    let configuration = PrometheusCase.configuration(.prometheus, ["central.kind": kind.scalar])
    let spec = try #require(
      centralValues(Baked(configuration), onOwnStorageClass: true)["prometheus", "prometheusSpec"]
    )
    #expect((spec["remoteWrite"] == nil) == (kind == .prometheus))
    #expect((spec["enableRemoteWriteReceiver"] == nil) == (kind != .prometheus))
  }

  @Test func nothingOfOursWhereItIsOff() {
    func paths(resilience: Bool, stack: Bool) -> [String] {
      prometheusArtifacts(
        PrometheusCase.configuration(
          .prometheus,
          [
            "enable_network_resilience": .boolean(resilience), "enable_prometheus_stack": .boolean(stack),
          ]
        )
      ).map(\.path)
    }
    #expect(paths(resilience: false, stack: false) == [])
    #expect(paths(resilience: false, stack: true) == ["prometheus/central-values.yaml"])
    #expect(
      paths(resilience: true, stack: false) == [
        "prometheus/agent.yml", "prometheus/rules.yml", "prometheus/rules_test.yml", "grafana/network-resilience.json",
        // For the stack that others install, which agents write to.
        "prometheus/central-values.yaml",
      ]
    )
  }
}
