import Document
import Model

extension KubernetesContent {
  /// The name under which DNS has each agent's address, for the sync job and the StatefulSet.
  var headlessServiceName: String { "prometheus-agent" }

  var services: [Object] {
    [
      service(
        "prometheus_agent_server",
        named: "prometheus-agent-server",
        storage == .statefulSetPVC
          ? []
          // Agents differ: a caller means the one of its own node.
          : [Entry("internalTrafficPolicy", "Local", comment: "A pod reaches the agent of its own node, no other.")]
      ),
      service(
        "prometheus_agent_headless",
        named: headlessServiceName,
        [
          Entry("clusterIP", "None"),
          Entry(
            "publishNotReadyAddresses",
            true,
            comment: "The sync job asks an agent that isn't ready as well: it may be the one with the gap."
          ),
        ]
      ),
    ]
  }

  private func service(_ terraformName: String, named name: String, _ fields: [Entry]) -> Object {
    let port: Tree = [
      "name": .text(Text(Agreed.httpPortName)),
      "port": .integer(.known(Agreed.httpPort)),
      "protocol": "TCP",
      "targetPort": .text(Text(Agreed.httpPortName)),
    ]
    let selector: Tree = ["app": .text(Text(Component.agent.name))]
    return Object(
      terraformName,
      when: isPresent,
      object(
        .service,
        named: Text(name),
        labels: labels(of: .agent),
        [
          Entry(
            "spec",
            .mapping([Entry("type", "ClusterIP")] + fields + [Entry("selector", selector), Entry("ports", [port])])
          )
        ]
      )
    )
  }
}
