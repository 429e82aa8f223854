import Document
public import Model

/// The files of `terraform/`: the module, whose settings are variables, and the environment's root, which calls it with
/// this environment's values.
public func terraformArtifacts(_ configuration: Configuration) -> [Artifact] {
  moduleArtifacts(configuration) + ModuleInterface(configuration: configuration).artifacts
}

/// What the module makes, and the root that calls it: together about as long as all else that is rendered.
public func moduleArtifacts(_ configuration: Configuration) -> [Artifact] {
  TerraformModule(configuration).artifacts + EnvironmentRoot(configuration).artifacts
}
