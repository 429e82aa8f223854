import Document

/// One rule of a role. Verbs are spelled out and never `*`; secrets, `pods/exec` and creating pods are nobody's. Lists are
/// in order of the alphabet, as Terraform has them: it takes those of a Role for sets.
struct AccessRule {
  var groups: [String] = []
  var resources: [String] = []
  var names: [String] = []
  var paths: [String] = []
  let verbs: [String]

  static let reading = ["get", "list", "watch"]
}

extension KubernetesContent {
  /// The roles and their bindings.
  ///
  /// Source: the specification's RBAC Permissions, corrected: DaemonSets are readable, as the agent is one; updates are
  /// for the one ConfigMap that a component keeps its state in; discovery, which the specification leaves out, needs a
  /// ClusterRole, because targets are in all namespaces.
  var accessControl: [Object] {
    [
      clusterRole, clusterRoleBinding,
      role(of: .detector, rules: namespaceReading + [updating(detectorState), Self.reportingEvents]),
      roleBinding(of: .detector),
      role(of: .sync, rules: namespaceReading + [updating(syncState)]),
      roleBinding(of: .sync),
    ]
  }

  private var namespaceReading: [AccessRule] {
    [
      AccessRule(groups: [""], resources: ["configmaps", "pods", "services"], verbs: AccessRule.reading),
      AccessRule(
        groups: ["apps"],
        resources: ["daemonsets", "deployments", "statefulsets"],
        verbs: AccessRule.reading
      ),
    ]
  }

  private func updating(_ configMap: String) -> AccessRule {
    AccessRule(groups: [""], resources: ["configmaps"], names: [configMap], verbs: ["patch", "update"])
  }

  private static var reportingEvents: AccessRule {
    AccessRule(groups: ["", "events.k8s.io"], resources: ["events"], verbs: ["create", "patch"])
  }

  /// What service discovery and scraping a kubelet need (Prometheus' own example for RBAC).
  private static var discovery: [AccessRule] {
    [
      AccessRule(
        groups: [""],
        resources: ["nodes", "nodes/metrics", "pods", "services", "endpoints"],
        verbs: AccessRule.reading
      ),
      AccessRule(groups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: AccessRule.reading),
      AccessRule(paths: ["/metrics", "/metrics/cadvisor"], verbs: ["get"]),
    ]
  }

  private var clusterRoleName: Text { "\(namespace)-prometheus-agent" }

  private var clusterRole: Object {
    Object(
      Component.agent.terraformName,
      when: isPresent,
      object(
        .clusterRole,
        named: clusterRoleName,
        labels: labels(of: .agent),
        [Entry("rules", .sequence(Self.discovery.map(tree)))]
      )
    )
  }

  private var clusterRoleBinding: Object {
    Object(
      Component.agent.terraformName,
      when: isPresent,
      object(
        .clusterRoleBinding,
        named: clusterRoleName,
        labels: labels(of: .agent),
        binding(to: .clusterRole, named: clusterRoleName, of: .agent)
      )
    )
  }

  private func role(of component: Component, rules: [AccessRule]) -> Object {
    Object(
      component.terraformName,
      when: isPresent,
      object(
        .role,
        named: Text(component.name),
        labels: labels(of: component),
        [Entry("rules", .sequence(rules.map(tree)))]
      )
    )
  }

  private func roleBinding(of component: Component) -> Object {
    Object(
      component.terraformName,
      when: isPresent,
      object(
        .roleBinding,
        named: Text(component.name),
        labels: labels(of: component),
        binding(to: .role, named: Text(component.name), of: component)
      )
    )
  }

  private func binding(to kind: KubernetesKind, named name: Text, of component: Component) -> [Entry] {
    [
      Entry(
        "roleRef",
        ["apiGroup": "rbac.authorization.k8s.io", "kind": .text(Text(kind.rawValue)), "name": .text(name)]
      ),
      Entry(
        "subjects",
        [["kind": "ServiceAccount", "name": .text(Text(component.name)), "namespace": .text(namespace)]]
      ),
    ]
  }

  private func tree(_ rule: AccessRule) -> Tree {
    let lists = [
      ("apiGroups", rule.groups), ("resources", rule.resources), ("resourceNames", rule.names),
      ("nonResourceURLs", rule.paths), ("verbs", rule.verbs),
    ]
    return .mapping(lists.filter { !$0.1.isEmpty }.map { Entry($0.0, .strings($0.1)) })
  }
}
