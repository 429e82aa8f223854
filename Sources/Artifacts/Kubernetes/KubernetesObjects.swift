import Document
import Model

/// Every Kubernetes object, in the order of application, with the condition under which it exists.
///
/// The same list becomes `kubernetes/*.yaml` and the Terraform module's typed resources, so content keeps to the fields
/// that Terraform's resources have.
public func kubernetesObjects<S: Scope>(_ scope: S, _ monitoring: Monitoring<S>) -> [KubernetesObject<S.H>] {
  let content = KubernetesContent(scope, monitoring)
  return [
    [content.namespaceObject, content.priorityClass, content.storageClass],
    content.serviceAccounts,
    content.accessControl,
    content.configMaps,
    [content.dashboardConfigMap],
    content.networkPolicies,
    content.services,
    content.disruptionBudgets,
    [content.agent, content.detector, content.sync],
    // Any other centre evaluates prometheus/rules.yml itself: the stack's own Prometheus would lack the agents' samples.
    scope[Settings.centralKind] == .prometheus ? [content.prometheusRule] : [],
  ].flatMap { $0 }
}
