package import Model

/// Every file of the output tree for one environment, by path.
package func artifacts(for configuration: Configuration) -> [Artifact] {
  [terraformArtifacts, kubernetesArtifacts, prometheusArtifacts, runbookArtifacts].flatMap { $0(configuration) }
    .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
}
