public import Model

/// Every file of the output tree for one environment, by path.
public func artifacts(for configuration: Configuration) -> [Artifact] {
  (moduleArtifacts(configuration) + artifactsBesideModule(configuration))
    .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
}

/// All other files, which can be computed at the same time as what the module makes.
public func artifactsBesideModule(_ configuration: Configuration) -> [Artifact] {
  let scope = Baked(configuration)
  let monitoring = Monitoring(scope)
  return kubernetesArtifacts(scope, monitoring) + prometheusArtifacts(scope, monitoring)
    + ModuleInterface(configuration: configuration).artifacts + runbookArtifacts(configuration)
}
