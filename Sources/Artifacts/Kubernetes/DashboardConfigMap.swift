import Document

extension KubernetesContent {
  /// The dashboard, where the sidecar of the stack's Grafana finds it by its label.
  var dashboardConfigMap: Object {
    Object(
      "network_resilience_dashboard",
      when: isPresent,
      object(
        .configMap,
        named: "network-resilience-dashboard",
        labels: commonLabels.adding("grafana_dashboard", "1"),
        [Entry("data", .mapping([Entry("network-resilience.json", .text(monitoring.dashboard))]))]
      )
    )
  }
}
