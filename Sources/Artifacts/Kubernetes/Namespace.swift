import Document
import Model

extension KubernetesContent {
  /// The namespace of everything, the central Prometheus included: the one object that the stack needs without network
  /// resilience too.
  var namespaceObject: Object {
    Object(
      "observability",
      in: .main,
      when: isPresent || scope[Settings.enablePrometheusStack],
      object(
        .namespace,
        named: namespace,
        labels: .mapping([
          Entry("app.kubernetes.io/part-of", "network-resilience"),
          Entry("app.kubernetes.io/managed-by", "rescfg"),
          Entry("pod-security.kubernetes.io/enforce", .text(enforcedLevel), comment: reasonForLevel),
          Entry("pod-security.kubernetes.io/enforce-version", "latest"),
          Entry("pod-security.kubernetes.io/audit", "restricted"),
          Entry("pod-security.kubernetes.io/audit-version", "latest"),
          Entry("pod-security.kubernetes.io/warn", "restricted"),
          Entry("pod-security.kubernetes.io/warn-version", "latest"),
        ]),
        []
      )
    )
  }

  private var enforcedLevel: Text {
    if storage == .hostPath { return "privileged" }
    let level: Term<String, S.H> = scope[Settings.enablePrometheusStack]
      .choosing(.known("privileged"), else: .known("restricted"))
    return Text(level, .name)
  }

  private var reasonForLevel: String {
    storage == .hostPath
      ? "The baseline level already forbids the hostPath volume that the agents' queues lie on."
      : "Privileged only for the stack's node-exporter, which reads the host; all else here is restricted."
  }
}
