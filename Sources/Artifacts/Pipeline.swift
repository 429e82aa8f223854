package import Model

/// Every file of the output tree for one environment, by path.
package func artifacts(for configuration: Configuration) -> [Artifact] {
  (terraformArtifacts(configuration) + artifactsBesideTerraform(configuration))
    .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
}

/// The files that aren't Terraform's, which are computed apart from those.
package func artifactsBesideTerraform(_ configuration: Configuration) -> [Artifact] {
  [kubernetesArtifacts, prometheusArtifacts, runbookArtifacts].flatMap { $0(configuration) }
}
