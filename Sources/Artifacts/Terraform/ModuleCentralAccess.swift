import Document
import Model

/// What a centre that asks for signed requests lets our pods do: a role for each that writes and each that only reads,
/// given to them by EKS Pod Identity.
struct CentralAccess {
  private let module: TerraformModule
  private var scope: Live { module.scope }

  /// - Returns: `nil` for a centre that knows no AWS identities.
  init?(_ module: TerraformModule) {
    guard module.scope[Settings.centralKind] == .amp else { return nil }
    self.module = module
  }

  private static let queries = ["aps:QueryMetrics", "aps:GetSeries", "aps:GetLabels", "aps:GetMetricMetadata"]

  var body: HCLBody {
    let stack = module.isPresent && scope.variable(Settings.enablePrometheusStack)
    // The queue asks the centre what it has of its own targets; Prometheus alone only writes.
    let agent = scope[Settings.collector].hasDurableQueue ? Self.queries : []
    return [
      .block(
        "locals",
        body: [.comment("The one workspace, where central_url names it."), .set("central_arn", workspace)]
      )
    ] + role("central_write", "remote-write", ["aps:RemoteWrite"] + agent)
      + role("central_query", "metrics-query", Self.queries)
      + HCLBody([
        association("prometheus_agent", Component.agent.name, "central_write", module.isPresent),
        association("network_partition_detector", Component.detector.name, "central_query", module.isPresent),
        association("metrics_sync", Component.sync.name, "central_query", module.isPresent),
        .comment("The stack's own Prometheus writes to the centre too."),
        association("prometheus_stack", "\(centralReleaseName)-kube-prometheus-prometheus", "central_write", stack),
      ])
  }

  /// What has to be there when a pod starts: it gets its credentials then or never.
  var dependencies: [String] {
    ["central_write", "central_query"].map { "aws_iam_role_policy.\($0)" }
      + ["prometheus_agent", "network_partition_detector", "metrics_sync", "prometheus_stack"]
      .map { "aws_eks_pod_identity_association.\($0)" }
  }

  private var workspace: Expression {
    let named = Expression.call("regex", ["/workspaces/([-A-Za-z0-9]+)", scope.variable(Settings.centralURL)])
    return
      "arn:\(module.partition):aps:\(scope.variable(Settings.centralSigningRegion)):\(module.account):workspace/\(.call("try", [named[0], "*"]))"
  }

  private func role(_ name: String, _ purpose: String, _ actions: [String]) -> HCLBody {
    [
      .block(
        "resource",
        "aws_iam_role",
        name,
        body: module.role(purpose, trusting: "pods.eks.amazonaws.com", module.isPresent)
      ),
      .block(
        "resource",
        "aws_iam_role_policy",
        name,
        body: [
          module.count(),
          .blank,
          .set("name", .string(purpose)),
          .set("role", .reference("aws_iam_role.\(name)[0].id")),
          .set(
            "policy",
            .call(
              "jsonencode",
              [
                .policy([
                  [
                    "Effect": "Allow",
                    "Action": .list(actions.map { .string($0) }),
                    "Resource": .reference("local.central_arn"),
                  ]
                ])
              ]
            )
          ),
        ]
      ),
    ]
  }

  private func association(_ name: String, _ account: String, _ role: String, _ condition: Expression) -> HCLBody.Item {
    .block(
      "resource",
      "aws_eks_pod_identity_association",
      name,
      body: [
        module.count(when: condition),
        .blank,
        .set("cluster_name", scope.variable(Settings.clusterName)),
        .set("namespace", scope.variable(Settings.namespace)),
        .set("service_account", .string(account)),
        .set("role_arn", .reference("aws_iam_role.\(role)[0].arn")),
        .set("tags", .reference("var.tags")),
      ]
    )
  }
}
