import Document
package import Model

/// The files of `terraform/`: the module, whose settings are variables, and the environment's root, which calls it with
/// this environment's values.
package func terraformArtifacts(_ configuration: Configuration) -> [Artifact] {
  moduleArtifacts(configuration) + EnvironmentRoot(configuration).artifacts
}

/// The module alone, which takes about as long as all else that is rendered.
package func moduleArtifacts(_ configuration: Configuration) -> [Artifact] { TerraformModule(configuration).artifacts }
