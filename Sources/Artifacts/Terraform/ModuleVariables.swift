import Document
import Model

extension Settings {
  /// The module's variables, those of the specification first.
  static let terraformVariables: [SettingInfo] = {
    let first = [
      enablePrometheusStack.info, enableNetworkResilience.info, partitionThreshold.info, syncInterval.info,
      queueCapacity.info, maxBackoff.info,
    ]
    return first + variables.filter { !first.contains($0) }
  }()
}

/// What the module says of itself to who calls it: its variables, and the README that lists them.
struct ModuleInterface {
  let configuration: Configuration

  var artifacts: [Artifact] {
    [
      Artifact("\(TerraformModule.path)/variables.tf", hcl(variables)),
      Artifact("\(TerraformModule.path)/README.md", readme),
    ]
  }

  var variables: HCLBody {
    var body = HCLBody(Settings.terraformVariables.map(variable))
    body.append(Self.environment)
    body.append(Self.tags)
    return body
  }

  private func variable(_ info: SettingInfo) -> HCLBody.Item {
    var body: HCLBody = [
      .set("description", .string(info.terraformDescription)),
      .set("type", .reference(info.terraformType)),
      .set("default", .traced(configuration.standardValue(of: info).expression, [info.path])),
      .set("nullable", false),
    ]
    if let validation = info.validation(of: .reference("var.\(info.terraformName)")) {
      body.append(
        .block(
          "validation",
          body: [
            .set("condition", validation.condition),
            .set("error_message", .string("\(info.terraformName) must be \(validation.requirement).")),
          ]
        )
      )
    }
    return .block("variable", info.terraformName, body: body)
  }

  static let environment: HCLBody.Item = .block(
    "variable",
    "environment",
    body: [
      .set("description", "Name of the environment, as in rescfg.yaml"),
      .set("type", .reference("string")),
      .set("nullable", false),
      .block(
        "validation",
        body: [
          .set(
            "condition",
            .call("can", [.call("regex", [.string(TextFormat.name.pattern), .reference("var.environment")])])
          ),
          .set("error_message", .string("environment must be \(TextFormat.name.description).")),
        ]
      ),
    ]
  )

  static let tags: HCLBody.Item = .block(
    "variable",
    "tags",
    body: [
      .set("description", "Tags on every AWS resource that takes them"),
      .set("type", .call("map", [.reference("string")])),
      .set("default", [:]),
      .set("nullable", false),
    ]
  )
}
