import Document
package import Model

/// Every file of the output tree for one environment, by path.
package func artifacts(for configuration: Configuration) -> [Artifact] {
  [
    Artifact("kubernetes/configmap-model.yaml", yaml(modelObject(Baked(configuration)))),
    Artifact("prometheus/model.yml", yaml(resolvedModel(Baked(configuration)))),
  ]
}

private func modelObject(_ scope: Baked) -> Tree<Never> {
  [
    "apiVersion": "v1",
    "kind": "ConfigMap",
    "metadata": ["name": "rescfg-model", "namespace": .text(scope.text(Settings.namespace))],
    "data": ["rescfg.yaml": .text(yaml(resolvedModel(scope)))],
  ]
}
