import Document
import Model

/// What destinations that ask for signed requests let our pods do: a role for each that writes and each that only reads,
/// given to them by EKS Pod Identity.
struct CentralAccess {
  private let module: TerraformModule
  private var scope: Live { module.scope }
  private let hasCentre: Bool
  /// Beside the centre.
  private let destinations: [Configuration]

  /// - Returns: `nil` where nothing knows AWS identities.
  init?(_ module: TerraformModule) {
    let configuration = module.scope.configuration
    hasCentre = configuration[Settings.centralKind] == .amp
    destinations = configuration.destinations.map { configuration.toward($0.name) }
      .filter { $0[Settings.centralKind] == .amp }
    guard hasCentre || !destinations.isEmpty else { return nil }
    self.module = module
  }

  private static let queries = ["aps:QueryMetrics", "aps:GetSeries", "aps:GetLabels", "aps:GetMetricMetadata"]

  var body: HCLBody {
    let stack = module.isPresent && scope.variable(Settings.enablePrometheusStack)
    let writing = role("central_write", "remote-write", writeStatements)
    let agents = association("prometheus_agent", Component.agent.name, "central_write", module.isPresent)
    if !hasCentre { return writing + HCLBody([agents]) }
    return [
      .block(
        "locals",
        body: [.comment("The one workspace, where central_url names it."), .set("central_arn", workspace)]
      )
    ] + writing + role("central_query", "metrics-query", [statement(Self.queries, on: .reference("local.central_arn"))])
      + HCLBody([
        agents,
        association("network_partition_detector", Component.detector.name, "central_query", module.isPresent),
        association("metrics_sync", Component.sync.name, "central_query", module.isPresent),
        .comment("The stack's own Prometheus writes to the centre too."),
        association("prometheus_stack", "\(centralReleaseName)-kube-prometheus-prometheus", "central_write", stack),
      ])
  }

  private var writeStatements: [Expression] {
    // The queue asks what a destination has of its own targets; Prometheus alone only writes.
    let agent = scope[Settings.collector].hasDurableQueue ? Self.queries : []
    let centre = hasCentre ? [statement(["aps:RemoteWrite"] + agent, on: .reference("local.central_arn"))] : []
    return centre + destinations.map { statement(["aps:RemoteWrite"] + agent, on: workspace(of: $0)) }
  }

  private func statement(_ actions: [String], on resource: Expression) -> Expression {
    ["Effect": "Allow", "Action": .list(actions.map { .string($0) }), "Resource": resource]
  }

  /// What has to be there when a pod starts: it gets its credentials then or never.
  var dependencies: [String] {
    let roles = hasCentre ? ["central_write", "central_query"] : ["central_write"]
    let pods =
      hasCentre
      ? ["prometheus_agent", "network_partition_detector", "metrics_sync", "prometheus_stack"] : ["prometheus_agent"]
    return roles.map { "aws_iam_role_policy.\($0)" } + pods.map { "aws_eks_pod_identity_association.\($0)" }
  }

  private var workspace: Expression {
    let named = Expression.call("regex", ["/workspaces/([-A-Za-z0-9]+)", scope.variable(Settings.centralURL)])
    return
      "arn:\(module.partition):aps:\(scope.variable(Settings.centralSigningRegion)):\(module.account):workspace/\(.call("try", [named[0], "*"]))"
  }

  private func workspace(of destination: Configuration) -> Expression {
    let keys = destination[Settings.centralURL].split(separator: "/")
    let place = keys.firstIndex(of: "workspaces").map { $0 + 1 }
    let workspace = place.flatMap { keys.indices.contains($0) ? String(keys[$0]) : nil } ?? "*"
    let region = destination[Settings.centralSigningRegion]
    return "arn:\(module.partition):aps:\(.string(region)):\(module.account):workspace/\(.string(workspace))"
  }

  private func role(_ name: String, _ purpose: String, _ statements: [Expression]) -> HCLBody {
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
              [.policy(statements)]
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
