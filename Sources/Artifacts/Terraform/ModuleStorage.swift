import Document
import Model

extension TerraformModule {
  /// The key, the class of volumes that it encrypts, and the driver that makes them.
  var storage: HCLBody {
    key + resources(in: .storage, after: ["aws_kms_alias.this"]) + driver
  }

  private var key: HCLBody {
    [
      .block(
        "resource",
        "aws_kms_key",
        "this",
        body: [
          count(),
          .blank,
          .set("description", "Volumes and backups of the metrics of \(scope.variable(Settings.clusterName))"),
          .set("enable_key_rotation", true),
          .set("deletion_window_in_days", 30),
          .set("policy", .call("jsonencode", [keyPolicy])),
          .set("tags", .reference("var.tags")),
        ]
      ),
      .block(
        "resource",
        "aws_kms_alias",
        "this",
        body: [
          count(),
          .blank,
          .set("name", scope.variable(Settings.kmsKey)),
          .set("target_key_id", .reference("aws_kms_key.this[0].key_id")),
        ]
      ),
    ]
  }

  /// The account decides who uses the key by its IAM policies, as it does without a key policy.
  private var keyPolicy: Expression {
    .policy([
      [
        "Sid": "Account",
        "Effect": "Allow",
        "Principal": [
          "AWS":
            "arn:\(partition):iam::\(account):root"
        ],
        "Action": "kms:*",
        "Resource": "*",
      ]
    ])
  }

  private var driver: HCLBody {
    [
      .block(
        "resource",
        "aws_iam_role",
        "ebs_csi",
        body: role("ebs-csi", trusting: "pods.eks.amazonaws.com", managesAddons)
      ),
      attachment("ebs_csi", "service-role/AmazonEBSCSIDriverPolicy", managesAddons),
      .block(
        "resource",
        "aws_iam_role_policy",
        "ebs_csi_key",
        body: [
          count(when: managesAddons),
          .blank,
          .set("name", "use-of-the-volume-key"),
          .set("role", .reference("aws_iam_role.ebs_csi[0].id")),
          .set("policy", .call("jsonencode", [keyUse])),
        ]
      ),
      .comment("Gives pods of the driver their role."),
      .block(
        "resource",
        "aws_eks_addon",
        "pod_identity_agent",
        body: addon("eks-pod-identity-agent") + [
          .set("preserve", true, comment: "Others' pods may have roles by it.")
        ]
      ),
      .block(
        "resource",
        "aws_eks_addon",
        "ebs_csi",
        body: addon("aws-ebs-csi-driver") + [
          .block(
            "pod_identity_association",
            body: [
              .set("service_account", "ebs-csi-controller-sa"),
              .set("role_arn", .reference("aws_iam_role.ebs_csi[0].arn")),
            ]
          ),
          .blank,
          .comment("As long as it runs it deletes volumes, for which it needs all of its role."),
          .set(
            "depends_on",
            [
              .reference("aws_eks_addon.pod_identity_agent"), .reference("aws_iam_role_policy_attachment.ebs_csi"),
              .reference("aws_iam_role_policy.ebs_csi_key"),
            ]
          ),
        ]
      ),
    ]
  }

  private func addon(_ name: String) -> HCLBody {
    [
      count(when: managesAddons),
      .blank,
      .set("cluster_name", scope.variable(Settings.clusterName)),
      .set("addon_name", .string(name)),
      .set("resolve_conflicts_on_create", "OVERWRITE"),
      .set("resolve_conflicts_on_update", "PRESERVE"),
      .set("tags", .reference("var.tags")),
    ]
  }

  /// What the driver does with a key for encrypted volumes.
  private var keyUse: Expression {
    .policy([
      [
        "Effect": "Allow",
        "Action": ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
        "Resource": .reference("aws_kms_key.this[0].arn"),
        "Condition": ["Bool": ["kms:GrantIsForAWSResource": "true"]],
      ],
      [
        "Effect": "Allow",
        "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
        "Resource": .reference("aws_kms_key.this[0].arn"),
      ],
    ])
  }
}

// Roles, for whichever file needs one.
extension TerraformModule {
  var partition: Expression { .reference("data.aws_partition.current.partition") }
  var account: Expression { .reference("data.aws_caller_identity.current.account_id") }

  func role(_ purpose: String, trusting service: String, _ condition: Expression) -> HCLBody {
    // Pod identity tags its sessions.
    let actions: Expression = service.hasPrefix("pods.") ? ["sts:AssumeRole", "sts:TagSession"] : ["sts:AssumeRole"]
    return [
      count(when: condition),
      .blank,
      // A prefix takes 38 characters; the cluster's name may be longer.
      .set(
        "name_prefix",
        "\(.call("substr", [scope.variable(Settings.clusterName), 0, .integer(36 - purpose.utf8.count)]))-\(purpose)-"
      ),
      .set(
        "assume_role_policy",
        .call(
          "jsonencode",
          [.policy([["Effect": "Allow", "Principal": ["Service": .string(service)], "Action": actions]])]
        )
      ),
      .set("tags", .reference("var.tags")),
    ]
  }

  /// - Parameter name: of the attachment; the role's where it has one only.
  func attachment(
    _ role: String,
    _ policy: String,
    _ condition: Expression,
    named name: String? = nil
  ) -> HCLBody.Item {
    .block(
      "resource",
      "aws_iam_role_policy_attachment",
      name ?? role,
      body: [
        count(when: condition),
        .blank,
        .set("role", .reference("aws_iam_role.\(role)[0].name")),
        .set("policy_arn", "arn:\(partition):iam::aws:policy/\(policy)"),
      ]
    )
  }
}

extension Expression {
  /// An IAM policy document.
  static func policy(_ statements: [Expression]) -> Expression {
    ["Version": "2012-10-17", "Statement": .list(statements)]
  }
}
