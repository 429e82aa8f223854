import Document
import Model

extension TerraformModule {
  /// Agents, detector and sync, and the add-on setting without which their NetworkPolicies do nothing.
  var networkResilience: HCLBody {
    let resources = resources(in: .networkResilience)
    let texts = locals(named: TerraformModule.valuesOfTheStack, butThese: true)
    var body = HCLBody()
    if !texts.isEmpty { body.append(.block("locals", body: texts)) }
    return body + resources + networkPolicyEnforcement + (CentralAccess(self)?.body ?? [])
  }

  /// Whether the cluster's add-ons are ours to set.
  var managesAddons: Expression { scope.variable(Settings.manageAddons) && isPresent }

  private var networkPolicyEnforcement: HCLBody {
    [
      .comment("The VPC CNI ignores NetworkPolicies unless told otherwise."),
      .block(
        "resource",
        "aws_eks_addon",
        "vpc_cni",
        body: [
          count(when: managesAddons),
          .blank,
          .set("cluster_name", scope.variable(Settings.clusterName)),
          .set("addon_name", "vpc-cni"),
          .set("configuration_values", .call("jsonencode", [["enableNetworkPolicy": "true"]])),
          .set("resolve_conflicts_on_create", "OVERWRITE"),
          .set("resolve_conflicts_on_update", "PRESERVE"),
          .set("preserve", true, comment: "The cluster has no network without it."),
          .set("tags", .reference("var.tags")),
        ]
      ),
    ]
  }
}
