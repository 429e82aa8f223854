resource "aws_backup_vault" "this" {
  count = var.enable_network_resilience && var.enable_prometheus_stack ? 1 : 0

  name        = "${substr(var.cluster_name, 0, 42)}-metrics"
  kms_key_arn = aws_kms_key.this[0].arn
  tags        = var.tags
}

resource "aws_iam_role" "backup" {
  count = var.enable_network_resilience && var.enable_prometheus_stack ? 1 : 0

  name_prefix = "${substr(var.cluster_name, 0, 30)}-backup-"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "backup.amazonaws.com" }
        Action    = ["sts:AssumeRole"]
      },
    ]
  })
  tags = var.tags
}

resource "aws_iam_role_policy_attachment" "backup" {
  count = var.enable_network_resilience && var.enable_prometheus_stack ? 1 : 0

  role       = aws_iam_role.backup[0].name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"
}

resource "aws_iam_role_policy_attachment" "restore" {
  count = var.enable_network_resilience && var.enable_prometheus_stack ? 1 : 0

  role       = aws_iam_role.backup[0].name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores"
}

resource "aws_backup_plan" "this" {
  count = var.enable_network_resilience && var.enable_prometheus_stack ? 1 : 0

  name = "${substr(var.cluster_name, 0, 42)}-metrics"
  tags = var.tags

  rule {
    rule_name         = "central-volume"
    target_vault_name = aws_backup_vault.this[0].name
    schedule          = var.aws_backup_schedule

    lifecycle {
      delete_after = var.aws_backup_retention # days
    }
  }
}

resource "aws_backup_selection" "this" {
  count = var.enable_network_resilience && var.enable_prometheus_stack ? 1 : 0

  name         = "central-volume"
  plan_id      = aws_backup_plan.this[0].id
  iam_role_arn = aws_iam_role.backup[0].arn
  resources    = ["arn:${data.aws_partition.current.partition}:ec2:*:*:volume/*"]

  # Both tags: another cluster's volumes are not this one's to copy.
  condition {
    string_equals {
      key   = "aws:ResourceTag/Backup"
      value = "true"
    }

    string_equals {
      key   = "aws:ResourceTag/Cluster"
      value = var.cluster_name
    }
  }

  depends_on = [aws_iam_role_policy_attachment.backup]
}
