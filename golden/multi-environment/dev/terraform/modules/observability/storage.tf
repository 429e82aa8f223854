resource "aws_kms_key" "this" {
  count = var.enable_network_resilience ? 1 : 0

  description             = "Volumes and backups of the metrics of ${var.cluster_name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Account"
        Effect = "Allow"
        Principal = {
          AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      },
    ]
  })
  tags = var.tags
}

resource "aws_kms_alias" "this" {
  count = var.enable_network_resilience ? 1 : 0

  name          = var.storage_kms_key
  target_key_id = aws_kms_key.this[0].key_id
}

resource "kubernetes_storage_class_v1" "gp3" {
  count = var.enable_network_resilience ? 1 : 0

  metadata {
    name = var.storage_class
    labels = {
      "app.kubernetes.io/part-of"    = "network-resilience"
      "app.kubernetes.io/managed-by" = "rescfg"
    }
  }

  storage_provisioner = "ebs.csi.aws.com"
  parameters = {
    type      = "gp3"
    encrypted = "true" # The driver's default is false.
    kmsKeyId  = var.storage_kms_key
    # true on the central Prometheus' volume only: a queue restored from a backup sends samples twice.
    tagSpecification_1 = "Backup={{ .PVCName | contains \"kube-prometheus-prometheus-db\" }}"
    tagSpecification_2 = "Namespace={{ .PVCNamespace }}"
    tagSpecification_3 = "Cluster=${var.cluster_name}"
  }
  reclaim_policy = "Delete"
  # A volume can't leave its availability zone: the pod's node is chosen first.
  volume_binding_mode    = "WaitForFirstConsumer"
  allow_volume_expansion = true

  depends_on = [aws_kms_alias.this]
}

resource "aws_iam_role" "ebs_csi" {
  count = var.aws_manage_addons && var.enable_network_resilience ? 1 : 0

  name_prefix = "${substr(var.cluster_name, 0, 29)}-ebs-csi-"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "pods.eks.amazonaws.com" }
        Action    = ["sts:AssumeRole", "sts:TagSession"]
      },
    ]
  })
  tags = var.tags
}

resource "aws_iam_role_policy_attachment" "ebs_csi" {
  count = var.aws_manage_addons && var.enable_network_resilience ? 1 : 0

  role       = aws_iam_role.ebs_csi[0].name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy"
}

resource "aws_iam_role_policy" "ebs_csi_key" {
  count = var.aws_manage_addons && var.enable_network_resilience ? 1 : 0

  name = "use-of-the-volume-key"
  role = aws_iam_role.ebs_csi[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"]
        Resource  = aws_kms_key.this[0].arn
        Condition = { Bool = { "kms:GrantIsForAWSResource" = "true" } }
      },
      {
        Effect = "Allow"
        Action = [
          "kms:Encrypt",
          "kms:Decrypt",
          "kms:ReEncrypt*",
          "kms:GenerateDataKey*",
          "kms:DescribeKey",
        ]
        Resource = aws_kms_key.this[0].arn
      },
    ]
  })
}

# Gives pods of the driver their role.
resource "aws_eks_addon" "pod_identity_agent" {
  count = var.aws_manage_addons && var.enable_network_resilience ? 1 : 0

  cluster_name                = var.cluster_name
  addon_name                  = "eks-pod-identity-agent"
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "PRESERVE"
  tags                        = var.tags
  preserve                    = true # Others' pods may have roles by it.
}

resource "aws_eks_addon" "ebs_csi" {
  count = var.aws_manage_addons && var.enable_network_resilience ? 1 : 0

  cluster_name                = var.cluster_name
  addon_name                  = "aws-ebs-csi-driver"
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "PRESERVE"
  tags                        = var.tags

  pod_identity_association {
    service_account = "ebs-csi-controller-sa"
    role_arn        = aws_iam_role.ebs_csi[0].arn
  }

  # As long as it runs it deletes volumes, for which it needs all of its role.
  depends_on = [
    aws_eks_addon.pod_identity_agent,
    aws_iam_role_policy_attachment.ebs_csi,
    aws_iam_role_policy.ebs_csi_key,
  ]
}
