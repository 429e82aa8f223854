import Foundation
import Testing

@testable import Artifacts
@testable import Document
@testable import Model

/// The module by itself, as someone uses it who has no environment root of ours.
@Suite struct TerraformModuleTests {
  private static let plain = Configuration(environment: "prod")
  private static let amp = plain.setting(Settings.centralKind.info.path, to: CentralKind.amp.scalar)

  /// The addresses of what the module plans to make.
  private func planned(_ configuration: Configuration, _ variables: [String: String] = [:]) throws -> Plan {
    try TerraformTools.withFolder { folder in
      try TerraformTools.write(terraformArtifacts(configuration), to: folder)
      let command =
        [
          TerraformTools.python, TerraformTools.repository.appendingPathComponent("Tests/Tools/tfoffline").path, "plan",
          TerraformModule.path, ".", "environment=prod",
        ] + variables.map { "\($0)=\($1)" }
      let finished = try TerraformTools.run(command, in: folder)
      guard finished.status == 0 else { return Plan(refusal: finished.output) }
      return try Plan(json: Data(finished.output.utf8))
    }
  }

  @Test(arguments: [plain, amp])
  func plansNothingByDefault(_ configuration: Configuration) throws {
    #expect(try planned(configuration).addresses == [])
  }

  @Test(arguments: [plain, amp])
  func plansTheStackAlone(_ configuration: Configuration) throws {
    let plan = try planned(configuration, ["enable_prometheus_stack": "true"])
    #expect(plan.addresses == ["helm_release.prometheus[0]", "kubernetes_namespace_v1.observability[0]"])
  }

  @Test func plansNoAddOnOfOthers() throws {
    let plan = try planned(Self.plain, ["enable_network_resilience": "true", "aws_manage_addons": "false"])
    #expect(plan.addresses.contains("kubernetes_daemon_set_v1.prometheus_agent[0]"))
    #expect(plan.addresses.filter { $0.hasPrefix("aws_eks_") || $0.contains("ebs_csi") } == [])
  }

  @Test(
    arguments: [
      ("survive", "48h", "central_out_of_order_window 24h"),
      ("remote_write_initial_backoff", "45s", "remote_write_max_backoff 30s"),
      ("agent_resources_requests_memory", "2Gi", "agent_resources_limits_memory 1Gi"),
    ]
  )
  func refusesContradictions(name: String, value: String, other: String) throws {
    let refusal = try planned(Self.plain, ["enable_network_resilience": "true", name: value]).refusal
    // Terraform breaks lines where it likes.
    let text = refusal.replacingOccurrences(of: "\n", with: " ").replacingOccurrences(of: "│ ", with: "")
    #expect(text.contains("Resource precondition failed") && text.contains("\(name) \(value)") && text.contains(other))
    #expect(try planned(Self.plain, [name: value]).refusal == "")
  }

  @Test func podsReachASigningCentre() throws {
    let plan = try planned(
      Self.amp,
      [
        "enable_network_resilience": "true", "enable_prometheus_stack": "true", "aws_region": "eu-central-1",
        "central_sigv4_region": "eu-west-1", "survive": "40m",
        "central_url": "https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1a2b",
      ]
    )
    let accounts = plan.values(of: "aws_eks_pod_identity_association").compactMap { $0["service_account"] as? String }
    #expect(
      accounts.sorted() == [
        "metrics-sync", "network-partition-detector", "prometheus-agent", "prometheus-kube-prometheus-prometheus",
      ]
    )
    let policies = plan.values(of: "aws_iam_role_policy").compactMap { $0["policy"] as? String }
    let central = policies.filter { $0.contains("aps:") }
    #expect(central.count == 2 && central.filter { $0.contains("aps:RemoteWrite") }.count == 1)
    for policy in central {
      #expect(policy.contains("\"arn:aws:aps:eu-west-1:123456789012:workspace/ws-1a2b\""), "\(policy)")
    }
  }

  /// A pod gets its role when it is made, and its volume goes while there is a driver to remove it.
  @Test func podsAreMadeAfterWhatTheyNeed() throws {
    let plan = try planned(Self.amp, ["enable_network_resilience": "true", "survive": "40m"])
    let before = plan.dependencies(of: "kubernetes_namespace_v1.observability")
    #expect(
      before.isSuperset(of: [
        "kubernetes_storage_class_v1.gp3", "aws_eks_addon.ebs_csi", "aws_eks_addon.vpc_cni",
        "aws_eks_pod_identity_association.prometheus_agent", "aws_iam_role_policy.central_write",
      ])
    )
    #expect(
      plan.dependencies(of: "aws_eks_addon.ebs_csi").isSuperset(of: [
        "aws_iam_role_policy_attachment.ebs_csi", "aws_iam_role_policy.ebs_csi_key",
      ])
    )
  }
}

/// What of a plan tests look at.
private struct Plan {
  private var document: [String: Any] = [:]
  /// What Terraform said, where it made no plan.
  private(set) var refusal = ""

  init(refusal: String) { self.refusal = refusal }

  init(json: Data) throws {
    document = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
  }

  private var changes: [[String: Any]] {
    (document["resource_changes"] as? [[String: Any]] ?? []).filter { $0["mode"] as? String == "managed" }
  }

  var addresses: [String] { changes.compactMap { $0["address"] as? String }.sorted() }

  func values(of type: String) -> [[String: Any]] {
    changes.filter { $0["type"] as? String == type }
      .compactMap { ($0["change"] as? [String: Any])?["after"] as? [String: Any] }
  }

  func dependencies(of address: String) -> Set<String> {
    let configuration = document["configuration"] as? [String: Any]
    let root = configuration?["root_module"] as? [String: Any]
    let resources = root?["resources"] as? [[String: Any]] ?? []
    let resource = resources.first { $0["address"] as? String == address }
    return Set(resource?["depends_on"] as? [String] ?? [])
  }
}
