package import Model

/// Every file of the output tree for one environment, by path.
package func artifacts(for configuration: Configuration) -> [Artifact] {
  (moduleArtifacts(configuration) + artifactsBesideModule(configuration))
    .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
}

/// The files apart from the Terraform module's, which can be computed at the same time.
package func artifactsBesideModule(_ configuration: Configuration) -> [Artifact] {
  let scope = Baked(configuration)
  let monitoring = Monitoring(scope)
  return kubernetesArtifacts(scope, monitoring) + prometheusArtifacts(scope, monitoring)
    + EnvironmentRoot(configuration).artifacts + runbookArtifacts(configuration)
}
