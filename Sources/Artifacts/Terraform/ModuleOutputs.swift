import Document
import Model

extension TerraformModule {
  var outputs: HCLBody {
    func output(_ name: String, _ description: String, _ value: Expression) -> HCLBody.Item {
      .block("output", name, body: [.set("description", .string(description)), .set("value", value)])
    }
    func only(_ reference: String) -> Expression { .call("one", [.reference(reference)]) }
    var body: HCLBody = [
      output(
        "namespace",
        "Namespace of everything here; null where both switches are off",
        only(namespaceName(of: "[*]"))
      ),
      output("central_url", "Base URL of the centre", scope.variable(Settings.centralURL)),
      output(
        "kms_key_arn",
        "Key of volumes and backups; null without network resilience",
        only("aws_kms_key.this[*].arn")
      ),
    ]
    for object in objects where object.kind == .storageClass {
      body.append(
        output(
          "storage_class",
          "StorageClass of encrypted volumes; null without network resilience",
          only("\(KubernetesNames.resource("StorageClass")).\(object.terraformName)[*].metadata[0].name")
        )
      )
    }
    body.append(
      output(
        "prometheus_release",
        "Version of the central Prometheus' chart; null where it isn't installed here",
        only("helm_release.prometheus[*].version")
      )
    )
    if scope[Settings.centralKind] == .prometheus {
      body.append(
        output(
          "backup_vault_arn",
          "Where backups of the central volume lie; null where there are none",
          only("aws_backup_vault.this[*].arn")
        )
      )
    }
    if scope[Settings.centralKind] == .amp {
      body.append(
        output(
          "central_write_role_arn",
          "Role that agents write to the centre with; null without network resilience",
          only("aws_iam_role.central_write[*].arn")
        )
      )
    }
    return body
  }
}
