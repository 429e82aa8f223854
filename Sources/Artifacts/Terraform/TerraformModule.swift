import Document
import Model

/// The module `terraform/modules/observability`.
///
/// Structural settings are fixed in it; each file's head names them. All others are variables, so one module serves every
/// environment of the same shape.
struct TerraformModule {
  static let path = "terraform/modules/observability"

  let scope: Live
  let monitoring: Monitoring<Live>
  let objects: [KubernetesObject<Expression>]

  init(_ configuration: Configuration) {
    scope = Live(configuration)
    monitoring = Monitoring(scope)
    objects = kubernetesObjects(scope, monitoring).filter(\.kind.hasTypedResource)
  }

  var artifacts: [Artifact] {
    // Content that others share is registered while it is made: the files with local values come last.
    let storage = storage
    let backup = backup
    let resilience = networkResilience
    let main = main
    return [
      file("versions.tf", versions),
      file("main.tf", main),
      file("network_resilience.tf", resilience),
      file("storage.tf", storage),
      file("backup.tf", backup),
      file("outputs.tf", outputs),
    ]
  }

  private func file(_ name: String, _ body: HCLBody) -> Artifact { Artifact("\(Self.path)/\(name)", hcl(body)) }

  /// Whether anything of ours exists.
  var isPresent: Expression { scope.variable(Settings.enableNetworkResilience) }

  /// The `count` of a resource of ours.
  func count(when condition: Expression? = nil) -> HCLBody.Item {
    .set("count", .conditional(condition ?? isPresent, then: 1, else: 0))
  }

  /// The namespace's name, so that whoever says it waits for the namespace.
  var namespace: Expression { .reference(namespaceName(of: "[0]")) }

  /// - Parameter instances: which of its instances, of which there is one or none.
  func namespaceName(of instances: String) -> String {
    guard let object = objects.first(where: { $0.kind == .namespace }) else {
      preconditionFailure("BUG: no namespace among the objects")
    }
    return "\(KubernetesNames.resource(object.kind.rawValue)).\(object.terraformName)\(instances).metadata[0].name"
  }

  func resources(
    in file: KubernetesObject<Expression>.TerraformFile,
    after dependencies: [String] = []
  ) -> HCLBody {
    HCLBody(
      objects.filter { $0.file == file }.flatMap { object -> [HCLBody.Item] in
        let isNamespace = object.kind == .namespace
        let block = KubernetesResource(object, namespace: namespace).block(
          after: isNamespace ? dependenciesOfEverything : dependencies,
          where: object.isModel ? preconditions : []
        )
        guard let block else { return [] }
        return isNamespace ? [.comment(Self.order), block] : [block]
      }
    )
  }

  private static let order =
    "Everything waits for the namespace, and it for what pods need of AWS: they start with it, and are gone before it."

  private var dependenciesOfEverything: [String] {
    objects.filter { $0.kind == .storageClass }.map {
      "\(KubernetesNames.resource("StorageClass")).\($0.terraformName)"
    }
      + ["aws_eks_addon.ebs_csi", "aws_eks_addon.vpc_cni"] + (CentralAccess(self)?.dependencies ?? [])
  }
}
