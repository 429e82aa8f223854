import Artifacts
import Document
import Model
import Testing

extension Configuration {
  /// The destinations that settings are written for.
  static func destinations(in written: [String: ScalarValue]) -> [Destination] {
    let keys = written.keys.map { $0.split(separator: ".") }.filter { $0.first == "destinations" && $0.count > 1 }
    return Set(keys.map { String($0[1]) }).map { Destination($0, at: PrometheusCase.here) }
  }
}

/// Where samples go beside the centre, in each artifact that says so.
@Suite struct DestinationArtifactTests {
  private static let changes: [String: ScalarValue] = [
    "destinations.dr.url": .text("https://dr.example:8443"), "destinations.dr.auth": .text("bearer"),
    "destinations.dr.tls": .text("private-ca"), "destinations.dr.kind": .text("mimir"),
    "destinations.dr.tenant": .text("edge"), "destinations.lab.url": .text("http://lab.example"),
    "destinations.lab.write_path": .text("/in/0:1?db=lab"),
  ]

  /// Prometheus alone writes to each; where our queue is between, only to that.
  @Test(arguments: Collector.allCases) func prometheusWritesToEach(collector: Collector) throws {
    let scope = Baked(PrometheusCase.configuration(collector, version: PrometheusVersion(2, 42), Self.changes))
    let remoteWrite = try #require(agentConfig(scope)["remote_write"])
    let text = yaml(["remote_write": remoteWrite] as Tree<Never>).string
    try PrometheusTool.run(["check", "config", "--agent", "--syntax-only", "agent.yml"], files: ["agent.yml": text])
    guard case .sequence(let all) = remoteWrite else { throw Unexpected() }
    let names = all.map { $0["name"]?.string }
    if collector == .prometheus {
      #expect(names == ["rescfg_queue"])
      return
    }
    #expect(names == ["remote_write_central", "remote_write_dr", "remote_write_lab"])
    #expect(
      all.map { $0["url"]?.string } == [
        "http://prometheus-kube-prometheus-prometheus:9090/api/v1/write", "https://dr.example:8443/api/v1/push",
        "http://lab.example/in/0:1?db=lab",
      ]
    )
    #expect(all[1]["authorization"]?["credentials_file"]?.string == "/etc/rescfg-dr/token")
    #expect(all[1]["tls_config"]?["ca_file"]?.string == "/etc/rescfg-dr/ca.crt")
    #expect(all[1]["headers"]?["X-Scope-OrgID"]?.string == "edge")
    #expect(all[0]["authorization"] == nil && all[2]["authorization"] == nil && all[2]["headers"] == nil)
  }

  private struct Unexpected: Error {}

  @Test(arguments: Collector.allCases) func eachSecretHasAPlaceInTheAgentsPod(collector: Collector) throws {
    let manifests = Manifests(KubernetesCase(collector: collector, changed: Self.changes))
    let agent = try #require(manifests.pods(["app": "prometheus-agent"]).first)
    let text = yaml(agent.spec).string
    #expect(text.contains("mountPath: /etc/rescfg-dr") && text.contains("secretName: \"dr-access\""))
    #expect(!text.contains("rescfg-lab") && !text.contains("rescfg-central"))
    let detector = try #require(manifests.pods(["app": "network-partition-detector"]).first)
    #expect(!yaml(detector.spec).string.contains("rescfg-dr"))
  }

  /// On the ports that their addresses name, wherever they are.
  @Test func policiesLetTheAgentReachThem() throws {
    let manifests = Manifests(KubernetesCase(changed: Self.changes))
    for (name, isAgent) in [("prometheus-agent", true), ("network-partition-detector", false), ("metrics-sync", false)]
    {
      let policy = try #require(manifests.all("NetworkPolicy").first { $0["metadata"]?["name"]?.string == name })
      let text = yaml(policy).string
      #expect(text.contains("port: 8443") == isAgent && text.contains("port: 80\n") == isAgent, "\(name)")
    }
  }

  @Test func amazonsServiceLetsTheAgentWriteToEachWorkspace() throws {
    let changes: [String: ScalarValue] = [
      "destinations.amp.kind": .text("amp"), "destinations.amp.sigv4_region": .text("eu-west-1"),
      "destinations.amp.url": .text("https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-7"),
    ]
    let configuration = KubernetesCase(changed: changes).configuration
    let files = moduleArtifacts(configuration).filter { $0.path.hasSuffix("network_resilience.tf") }
    let text = try #require(files.first).contents
    #expect(text.contains(":aps:eu-west-1:") && text.contains("workspace/ws-7") && text.contains("aps:RemoteWrite"))
    #expect(!text.contains("central_query") && text.contains("aps:QueryMetrics"))
    #expect(text.contains("\"aws_eks_pod_identity_association\" \"prometheus_agent\""))
    let policy = Manifests(KubernetesCase(changed: changes)).all("NetworkPolicy").map { yaml($0).string }
    #expect(policy.filter { $0.contains("169.254.170.23/32") }.count == 1)
  }
}
