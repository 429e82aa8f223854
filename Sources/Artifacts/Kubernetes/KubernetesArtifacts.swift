import Document

/// The files of `kubernetes/`: one object each, in the order of application by name, and the kustomization that lists
/// them. Nothing at all where no object exists.
public func kubernetesArtifacts(_ scope: Baked, _ monitoring: Monitoring<Baked>) -> [Artifact] {
  let objects = kubernetesObjects(scope, monitoring).filter(\.isPresent.value)
  if objects.isEmpty { return [] }
  let files = objects.map { Artifact("kubernetes/\($0.fileName)", yaml($0.tree)) }.sorted { $0.path < $1.path }
  let kustomization: Tree<Never> = [
    "apiVersion": "kustomize.config.k8s.io/v1beta1",
    "kind": "Kustomization",
    "resources": .strings(objects.map(\.fileName).sorted()),
  ]
  return files + [Artifact("kubernetes/kustomization.yaml", yaml(kustomization))]
}

extension KubernetesObject {
  /// Ordered like the objects, and the same for every content of the object: `80-daemonset-prometheus-agent.yaml`.
  var fileName: String {
    let kindName = kind.rawValue.lowercased()
    let ownName = terraformName.map { $0 == "_" ? "-" : String($0) }.joined()
    return kind == .namespace
      ? "\(kind.ordinal)-\(kindName).yaml" : "\(kind.ordinal)-\(kindName)-\(ownName).yaml"
  }
}
