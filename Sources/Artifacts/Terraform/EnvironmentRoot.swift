import Document
import Model

/// `terraform/environments/<environment>`: the providers, the module with this environment's values, and a variable for
/// each value, so that `-var` changes one.
struct EnvironmentRoot {
  private let configuration: Configuration
  private let path: String

  init(_ configuration: Configuration) {
    self.configuration = configuration
    path = "terraform/environments/\(configuration.environment)"
  }

  var artifacts: [Artifact] {
    [Artifact("\(path)/main.tf", hcl(main)), Artifact("\(path)/terraform.tfvars", hcl(values))]
  }

  private static let stack = [Settings.enablePrometheusStack.info]
  private static let resilience = [
    Settings.enableNetworkResilience.info, Settings.partitionThreshold.info, Settings.syncInterval.info,
    Settings.queueCapacity.info, Settings.maxBackoff.info,
  ]

  /// The specification's settings first, as its examples have them; the others by the part of the model they are in.
  private static let groups: [(title: String, settings: [SettingInfo])] = {
    let others = Settings.variables.filter { !(stack + resilience).contains($0) }
    let parts = others.map { $0.keys.count == 1 ? "" : $0.keys[0] }.reduce(into: [String]()) { parts, part in
      if !parts.contains(part) { parts.append(part) }
    }
    return [("Enable Prometheus stack", stack), ("Network resilience configuration", resilience)]
      + parts.map { part in
        (part.isEmpty ? "Other configuration" : part, others.filter { ($0.keys.count == 1 ? "" : $0.keys[0]) == part })
      }
  }()

  private var main: HCLBody {
    [
      ProviderVersions.block,
      .block("provider", "aws", body: [.set("region", variable(Settings.region.info))]),
      .block("data", "aws_eks_cluster", "this", body: [.set("name", variable(Settings.clusterName.info))]),
      .block(
        "provider",
        "kubernetes",
        body: HCLBody(access.map { .set($0.key, $0.value) }) + [
          .block("exec", body: HCLBody(token.map { .set($0.key, $0.value) }))
        ]
      ),
      .block(
        "provider",
        "helm",
        body: [.set("kubernetes", .object(access + [.init("exec", .object(token))]))]
      ),
      .block("module", "observability", body: arguments),
      .block(
        "output",
        "observability",
        body: [
          .set("description", "What the module made, for configurations that build on it"),
          .set("value", .reference("module.observability")),
        ]
      ),
    ] + declarations
  }

  private let access: [Expression.Field] = [
    .init("host", .reference("data.aws_eks_cluster.this.endpoint")),
    .init(
      "cluster_ca_certificate",
      .call("base64decode", [.reference("data.aws_eks_cluster.this.certificate_authority[0].data")])
    ),
  ]

  private var token: [Expression.Field] {
    [
      .init("api_version", "client.authentication.k8s.io/v1beta1"),
      .init("command", "aws"),
      .init(
        "args",
        [
          "eks", "get-token", "--region", variable(Settings.region.info), "--cluster-name",
          variable(Settings.clusterName.info),
        ]
      ),
    ]
  }

  private func variable(_ info: SettingInfo) -> Expression { .variable(info.terraformName, from: [info.path]) }

  private func argument(_ info: SettingInfo) -> Expression {
    guard let followed = configuration.followed(by: info) else { return variable(info) }
    return .call("coalesce", [variable(info), variable(followed)])
  }

  private var arguments: HCLBody {
    var body: HCLBody = [
      .set("source", "../../modules/observability"), .blank,
      .set("environment", .string(configuration.environment)),
      .set("tags", .reference("var.tags")),
    ]
    for group in Self.groups {
      body.append(.blank)
      body.append(.comment(group.title))
      for info in group.settings {
        let comment = Self.resilience.dropFirst().contains(info) ? info.summary.split(separator: ",").first : nil
        body.append(.set(info.terraformName, argument(info), comment: comment.map(String.init)))
      }
    }
    return body
  }

  /// Their values are in terraform.tfvars; what they mean, and their bounds, are the module's to say.
  private var declarations: HCLBody {
    var body: HCLBody = [.comment("Set in terraform.tfvars, described and checked by the module.")]
    for group in Self.groups {
      for info in group.settings {
        body.append(declaration(info))
      }
    }
    body.append(ModuleInterface.tags)
    return body
  }

  private func declaration(_ info: SettingInfo) -> HCLBody.Item {
    let type = Expression.reference(info.terraformType)
    if configuration.followed(by: info) == nil {
      return .brief("variable", labels: [info.terraformName], "type", type)
    }
    return .block("variable", info.terraformName, body: [.set("type", type), .set("default", .null)])
  }

  private var values: HCLBody {
    var body = HCLBody()
    for group in Self.groups {
      if !body.isEmpty { body.append(.blank) }
      body.append(.comment(group.title))
      for info in group.settings where configuration.followed(by: info) == nil {
        let resolved = configuration.resolved(info)
        body.append(
          .set(
            info.terraformName,
            .traced(resolved.value.expression, [info.path]),
            comment: remark(info, resolved.origin)
          )
        )
      }
    }
    return body
  }

  private func remark(_ info: SettingInfo, _ origin: Configuration.Origin) -> String {
    let place =
      switch origin {
      case .standard: "default"
      case .model: "rescfg.yaml"
      case .environment(let name, _): "rescfg.yaml, environment \(name)"
      }
    return info.unit.map { "\($0); \(place)" } ?? place
  }
}
