import Document

extension KubernetesContent {
  /// The alert rules, for the operator of the central Prometheus.
  var prometheusRule: Object {
    Object(
      "network_resilience",
      when: isPresent,
      object(
        .prometheusRule,
        named: "network-resilience",
        // The chart's Prometheus takes rules that carry its release's name.
        labels: commonLabels.adding("release", "prometheus"),
        [Entry("spec", monitoring.rules)]
      )
    )
  }
}
