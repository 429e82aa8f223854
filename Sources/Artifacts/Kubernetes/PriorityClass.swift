import Document

extension KubernetesContent {
  /// The namespace is in the name, as objects outside of namespaces would meet those of another one.
  var priorityClassName: Text { "\(namespace)-network-resilience" }

  var priorityClass: Object {
    Object(
      "network_resilience",
      when: isPresent,
      object(
        .priorityClass,
        named: priorityClassName,
        labels: commonLabels,
        [
          Entry("value", 1_000_000, comment: "Above workloads, far below the system classes (2000000000)."),
          Entry("globalDefault", false),
          Entry("preemptionPolicy", "PreemptLowerPriority"),
          Entry(
            "description",
            "Metrics collection: a node short of memory or disk evicts it last, so that the shortage can be seen."
          ),
        ]
      )
    )
  }
}
