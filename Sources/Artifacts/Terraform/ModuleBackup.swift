import Document
import Model

extension TerraformModule {
  /// Backups of the central Prometheus' volume, found by the tag that the StorageClass puts on it. Queues are left out:
  /// one that is restored sends its samples again.
  var backup: HCLBody {
    let centre = scope[Settings.centralKind]
    guard centre == .prometheus else {
      return [
        .comment(
          "The centre is \(centre.rawValue), whose storage is not in this cluster: there is nothing to back up here."
        )
      ]
    }
    let condition = isPresent && scope.variable(Settings.enablePrometheusStack)
    return vault(condition) + plan(condition)
  }

  /// Vaults and plans take 50 characters.
  private var name: Expression {
    "\(.call("substr", [scope.variable(Settings.clusterName), 0, 42]))-metrics"
  }

  private func vault(_ condition: Expression) -> HCLBody {
    [
      .block(
        "resource",
        "aws_backup_vault",
        "this",
        body: [
          count(when: condition),
          .blank,
          .set("name", name),
          .set("kms_key_arn", .reference("aws_kms_key.this[0].arn")),
          .set("tags", .reference("var.tags")),
        ]
      ),
      .block("resource", "aws_iam_role", "backup", body: role("backup", trusting: "backup.amazonaws.com", condition)),
      attachment("backup", "service-role/AWSBackupServiceRolePolicyForBackup", condition),
      attachment("backup", "service-role/AWSBackupServiceRolePolicyForRestores", condition, named: "restore"),
    ]
  }

  private func plan(_ condition: Expression) -> HCLBody {
    [
      .block(
        "resource",
        "aws_backup_plan",
        "this",
        body: [
          count(when: condition),
          .blank,
          .set("name", name),
          .set("tags", .reference("var.tags")),
          .block(
            "rule",
            body: [
              .set("rule_name", "central-volume"),
              .set("target_vault_name", .reference("aws_backup_vault.this[0].name")),
              .set("schedule", scope.variable(Settings.backupSchedule)),
              .block(
                "lifecycle",
                body: [.set("delete_after", scope.variable(Settings.backupRetention), comment: "days")]
              ),
            ]
          ),
        ]
      ),
      .block(
        "resource",
        "aws_backup_selection",
        "this",
        body: [
          count(when: condition),
          .blank,
          .set("name", "central-volume"),
          .set("plan_id", .reference("aws_backup_plan.this[0].id")),
          .set("iam_role_arn", .reference("aws_iam_role.backup[0].arn")),
          .set("resources", ["arn:\(partition):ec2:*:*:volume/*"]),
          .comment("Both tags: another cluster's volumes are not this one's to copy."),
          .block(
            "condition",
            body: [
              has("Backup", "true"), has("Cluster", scope.variable(Settings.clusterName)),
            ]
          ),
          .blank,
          .set("depends_on", [.reference("aws_iam_role_policy_attachment.backup")]),
        ]
      ),
    ]
  }

  private func has(_ tag: String, _ value: Expression) -> HCLBody.Item {
    .block("string_equals", body: [.set("key", "aws:ResourceTag/\(tag)"), .set("value", value)])
  }
}
