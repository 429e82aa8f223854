import Document
import Model

extension KubernetesContent {
  /// The collector of each node: a DaemonSet, or a StatefulSet where each agent has a volume claim of its own.
  var agent: Object {
    storage == .statefulSetPVC ? agentStatefulSet : agentDaemonSet
  }

  private var agentDaemonSet: Object {
    Object(
      Component.agent.terraformName,
      when: isPresent,
      object(
        .daemonSet,
        named: Text(Component.agent.name),
        labels: labels(of: .agent),
        annotations: agentAnnotations,
        [
          Entry(
            "spec",
            .mapping([
              Entry("selector", matchLabels(.agent)),
              Entry("minReadySeconds", 10),
              Entry("revisionHistoryLimit", 3),
              updateStrategy(["maxUnavailable": 1]),
              Entry("template", agentTemplate),
            ])
          )
        ]
      )
    )
  }

  private var agentStatefulSet: Object {
    Object(
      Component.agent.terraformName,
      when: isPresent,
      object(
        .statefulSet,
        named: Text(Component.agent.name),
        labels: labels(of: .agent),
        annotations: agentAnnotations,
        [
          Entry(
            "spec",
            .mapping([
              Entry("selector", matchLabels(.agent)),
              Entry("serviceName", .text(Text(headlessServiceName))),
              Entry("replicas", value(Settings.nodes), comment: "One on each node; a node more needs a replica more."),
              Entry("minReadySeconds", 10),
              Entry("revisionHistoryLimit", 3),
              Entry(
                "podManagementPolicy",
                "Parallel",
                comment: "An agent that waits for a node in its volume's zone holds up no other."
              ),
              updateStrategy(["partition": 0]),
              Entry("persistentVolumeClaimRetentionPolicy", ["whenDeleted": "Retain", "whenScaled": "Retain"]),
              Entry("template", agentTemplate),
              Entry("volumeClaimTemplates", [agentClaimTemplate]),
            ])
          )
        ]
      )
    )
  }

  private func updateStrategy(_ rolling: Tree) -> Entry {
    switch scope[Settings.updateStrategy] {
    case .rollingUpdate: Entry("updateStrategy", ["type": "RollingUpdate", "rollingUpdate": rolling])
    case .onDelete:
      Entry(
        "updateStrategy",
        ["type": "OnDelete"],
        comment: "A changed agent starts when its pod is deleted, so that no roll-out meets a partition."
      )
    }
  }

  private var agentAnnotations: [Entry] {
    let exceptions: [CheckException] = storage == .hostPath ? [.ownerOfDirectory, .imageByTag] : [.imageByTag]
    return [Entry("rescfg.io/loses", .text(Text(agentLosses)))] + annotations(for: exceptions)
  }

  /// The pod, whatever runs it.
  private var agentTemplate: Tree {
    var spec = podFrame(of: .agent, terminationGraceSeconds: 150)
    if scope[Settings.everyNode] {
      spec.append(
        Entry("tolerations", [["operator": "Exists"]], comment: "Every taint: a tainted node has metrics as well.")
      )
    }
    if storage == .statefulSetPVC { spec.append(Entry("affinity", onePerNode)) }
    if !agentInitContainers.isEmpty { spec.append(Entry("initContainers", .sequence(agentInitContainers))) }
    spec.append(Entry("containers", .sequence(agentContainers)))
    spec.append(Entry("volumes", .sequence(agentVolumes)))
    return [
      "metadata": podMetadata(of: .agent, defaultContainer: defaultAgentContainer),
      "spec": .mapping(spec),
    ]
  }

  private var onePerNode: Tree {
    [
      "podAntiAffinity": [
        "requiredDuringSchedulingIgnoredDuringExecution": [
          ["labelSelector": matchLabels(.agent), "topologyKey": "kubernetes.io/hostname"]
        ]
      ]
    ]
  }
}
