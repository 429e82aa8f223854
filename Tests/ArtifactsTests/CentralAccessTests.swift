import Artifacts
import Document
import Foundation
import Model
import Testing

/// How the agents show the centre who they are, in each artifact that says so.
@Suite struct CentralAccessTests {
  struct Access: Sendable, CustomStringConvertible {
    let authentication: CentralAuthentication
    let tls: CentralTLS

    static let all = CentralAuthentication.allCases.flatMap { authentication in
      CentralTLS.allCases.map { Access(authentication: authentication, tls: $0) }
    }

    var description: String { "\(authentication.rawValue), \(tls.rawValue)" }

    func changes(_ kind: CentralKind = .mimir) -> [String: ScalarValue] {
      [
        "central.kind": kind.scalar, "central.url": .text("https://centre.example.com"),
        "central.auth": authentication.scalar, "central.tls": tls.scalar, "central.credentials": .text("centre-keys"),
        "central.username": .text("team: a"), "central.tenant": .text("team-a"),
      ]
    }

    var files: [String] {
      var files: [String] = []
      if authentication == .basic { files.append("password") }
      if authentication == .bearer { files.append("token") }
      if tls != .system { files.append("ca.crt") }
      return files + (tls == .mutual ? ["tls.crt", "tls.key"] : [])
    }
  }

  @Test(arguments: Access.all) func promtoolTakesIt(access: Access) throws {
    let scope = Baked(
      PrometheusCase.configuration(.prometheusOnly, version: PrometheusVersion(2, 42), access.changes())
    )
    let remoteWrite = try #require(agentConfig(scope)["remote_write"])
    let text = yaml(["remote_write": remoteWrite] as Tree<Never>).string
    try PrometheusTool.run(["check", "config", "--agent", "--syntax-only", "agent.yml"], files: ["agent.yml": text])
    #expect(text.contains("password_file: /etc/rescfg-central/password") == (access.authentication == .basic))
    #expect(text.contains("credentials_file: /etc/rescfg-central/token") == (access.authentication == .bearer))
    #expect(text.contains("region: \"us-east-1\"") == (access.authentication == .sigv4))
    #expect(text.contains("ca_file: /etc/rescfg-central/ca.crt") == (access.tls != .system))
    #expect(text.contains("key_file: /etc/rescfg-central/tls.key") == (access.tls == .mutual))
    #expect(text.contains("X-Scope-OrgID: \"team-a\""))
  }

  @Test func onlyMimirIsToldATenant() {
    for kind in CentralKind.allCases {
      let access = Access(authentication: .none, tls: .system)
      let scope = Baked(PrometheusCase.configuration(.prometheusOnly, access.changes(kind)))
      #expect(yaml(agentConfig(scope)).string.contains("X-Scope-OrgID") == (kind == .mimir))
    }
  }

  @Test(arguments: Access.all) func secretIsMountedWhereRequestsAreMade(access: Access) throws {
    for collector in Collector.allCases {
      let manifests = Manifests(KubernetesCase(collector: collector, changed: access.changes()))
      #expect(manifests.all("Secret").isEmpty)
      for (app, sender) in [
        ("prometheus-agent", collector.hasDurableQueue ? "rescfg" : "prometheus"),
        ("network-partition-detector", "rescfg"), ("metrics-sync", "rescfg"),
      ] {
        guard let pod = manifests.pods(["app": app]).first else {
          // Without a queue there is nothing to compare with the centre.
          #expect(app == "metrics-sync" && !collector.hasDurableQueue, "\(collector), \(app)")
          continue
        }
        guard case .sequence(let volumes) = pod.spec["volumes"], case .sequence(let containers) = pod.spec["containers"]
        else {
          Issue.record("no volumes or containers")
          return
        }
        let secrets = volumes.compactMap { $0["secret"] }
        #expect(secrets.count == (access.files.isEmpty ? 0 : 1), "\(collector)")
        for secret in secrets {
          #expect(secret["secretName"]?.string == "centre-keys")
          #expect(secret["defaultMode"] == .integer(.known(0o400)))
          let items = access.files.map { file -> Tree<Never> in ["key": .text(Text(file)), "path": .text(Text(file))] }
          #expect(secret["items"] == .sequence(items))
        }
        let mounting = containers.filter { yaml($0).string.contains("mountPath: /etc/rescfg-central") }
        #expect(mounting.map { $0["name"]?.string } == (access.files.isEmpty ? [] : [sender]), "\(collector), \(app)")
      }
    }
  }

  @Test(arguments: Access.all) func operatorsPrometheusReadsTheSameSecret(access: Access) {
    let scope = Baked(PrometheusCase.configuration(.prometheus, access.changes()))
    let text = yaml(centralValues(scope, onOwnStorageClass: true)).string
    for file in CentralSecret.File.allCases {
      #expect(text.contains("key: \(file.rawValue)\n") == access.files.contains(file.rawValue), "\(file)")
    }
    #expect(text.contains("name: \"centre-keys\"") == !access.files.isEmpty)
  }

  /// Prometheus takes an age limit of 0s for none, and would send what costs a whole request.
  @Test func withoutAWindowPrometheusSendsAnHour() {
    for (window, limit) in [("0s", "1h"), ("24h", "24h"), ("10m", "10m")] {
      let scope = Baked(
        PrometheusCase.configuration(
          .prometheusOnly,
          version: PrometheusVersion(3, 5),
          ["central.out_of_order_window": .duration(PrometheusDuration(stringLiteral: window))]
        )
      )
      #expect(yaml(agentConfig(scope)).string.contains("sample_age_limit: \(limit)"), "\(window)")
    }
  }
}
