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
            "arn:\(.reference("data.aws_partition.current.partition")):iam::\(.reference("data.aws_caller_identity.current.account_id")):root"
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
      .block("resource", "aws_eks_addon", "pod_identity_agent", body: addon("eks-pod-identity-agent")),
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
          .set("depends_on", [.reference("aws_eks_addon.pod_identity_agent")]),
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
  func role(_ purpose: String, trusting service: String, _ condition: Expression) -> HCLBody {
    // Pod identity tags its sessions.
    let actions: Expression = service.hasPrefix("pods.") ? ["sts:AssumeRole", "sts:TagSession"] : ["sts:AssumeRole"]
    return [
      count(when: condition),
      .blank,
      .set("name_prefix", .call("substr", ["\(scope.variable(Settings.clusterName))-\(purpose)-", 0, 38])),
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

  func attachment(_ role: String, _ policy: String, _ condition: Expression) -> HCLBody.Item {
    .block(
      "resource",
      "aws_iam_role_policy_attachment",
      role,
      body: [
        count(when: condition),
        .blank,
        .set("role", .reference("aws_iam_role.\(role)[0].name")),
        .set("policy_arn", "arn:\(.reference("data.aws_partition.current.partition")):iam::aws:policy/\(policy)"),
      ]
    )
  }
}

extension Expression {
  /// An IAM policy document.
  fileprivate static func policy(_ statements: [Expression]) -> Expression {
    ["Version": "2012-10-17", "Statement": .list(statements)]
  }
}
