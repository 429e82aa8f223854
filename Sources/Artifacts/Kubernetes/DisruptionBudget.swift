import Document
import Model

extension KubernetesContent {
  /// What a drain may take at once. Drains leave a DaemonSet's pods alone, so the agent has a budget only as a
  /// StatefulSet; a share of it, as each of its pods may wait for a node in its volume's zone.
  var disruptionBudgets: [Object] {
    let detector = budget(of: .detector, maxUnavailable: 1)
    return storage == .statefulSetPVC ? [budget(of: .agent, maxUnavailable: "25%"), detector] : [detector]
  }

  private func budget(of component: Component, maxUnavailable: Tree) -> Object {
    Object(
      component.terraformName,
      when: isPresent,
      object(
        .podDisruptionBudget,
        named: Text(component.name),
        labels: labels(of: component),
        [Entry("spec", ["maxUnavailable": maxUnavailable, "selector": matchLabels(component)])]
      )
    )
  }
}
