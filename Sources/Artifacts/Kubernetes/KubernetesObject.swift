public import Document

/// One Kubernetes object: a file of `kubernetes/` and a resource of the Terraform module, from the same tree.
public struct KubernetesObject<H: Hole>: Sendable {
  /// Where its resource stands in the Terraform module.
  public enum TerraformFile: String, Sendable, CaseIterable {
    case main = "main.tf"
    case networkResilience = "network_resilience.tf"
    case storage = "storage.tf"
  }

  /// The name of its Terraform resource, unique among objects of its kind.
  public let terraformName: String
  public let file: TerraformFile
  /// Whether it exists: in Terraform its `count`, in YAML whether its file is written.
  public let isPresent: Term<Bool, H>
  /// Paths in Terraform's words that others change at run time (`data`), which a plan leaves alone.
  public let ignoredChanges: [String]
  /// The whole object: apiVersion, kind, metadata and the rest.
  public let tree: Tree<H>

  public init(
    _ terraformName: String,
    in file: TerraformFile = .networkResilience,
    when isPresent: Term<Bool, H>,
    ignoringChangesTo ignoredChanges: [String] = [],
    _ tree: Tree<H>
  ) {
    self.terraformName = terraformName
    self.file = file
    self.isPresent = isPresent
    self.ignoredChanges = ignoredChanges
    self.tree = tree
  }

  public var kind: KubernetesKind {
    guard case .text(let text) = tree["kind"], let name = text.onlyLiteral, let kind = KubernetesKind(rawValue: name)
    else { preconditionFailure("BUG: \(terraformName) is of no known kind") }
    return kind
  }
}
