import Document

extension KubernetesContent {
  /// The ConfigMap that the detector keeps the cluster's state in.
  var detectorState: String { "network-partition-state" }
  /// The ConfigMap that the sync job keeps its lock and last result in.
  var syncState: String { "metrics-sync-state" }

  var configMaps: [Object] {
    var objects: [Object] = []
    if let prometheusConfig, let prometheusConfigName {
      objects.append(
        content(
          "prometheus_agent_config",
          named: prometheusConfigName,
          of: labels(of: .agent),
          Agreed.prometheusConfigFile,
          prometheusConfig
        )
      )
    }
    objects.append(content("rescfg_model", named: modelName, of: commonLabels, Agreed.modelFile, model))
    objects.append(state(detectorState, of: .detector))
    objects.append(state(syncState, of: .sync))
    return objects
  }

  private func content(_ terraformName: String, named name: Text, of labels: Tree, _ file: String, _ text: Text)
    -> Object
  {
    Object(
      terraformName,
      when: isPresent,
      object(
        .configMap,
        named: name,
        labels: labels,
        [
          Entry("immutable", true, comment: "Its name has the content's hash: a change makes a new one."),
          Entry("data", .mapping([Entry(file, .text(text))])),
        ]
      )
    )
  }

  /// Without data: that is written at run time, and applying the manifests again doesn't take it away.
  private func state(_ name: String, of component: Component) -> Object {
    Object(
      name.map { $0 == "-" ? "_" : String($0) }.joined(),
      when: isPresent,
      ignoringChangesTo: ["data"],
      object(.configMap, named: Text(name), labels: labels(of: component), [])
    )
  }
}
