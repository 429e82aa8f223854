extension Settings {
  public static let region = Setting(
    "aws.region",
    default: "us-east-1",
    .name,
    "AWS region of the cluster",
    source: "ours"
  )
  public static let manageAddons = Setting(
    "aws.manage_addons",
    default: true,
    "Set the vpc-cni add-on to enforce NetworkPolicies and install the EBS CSI driver add-on",
    source: "upstream: off by default on EKS"
  )
  public static let backupSchedule = Setting(
    "aws.backup_schedule",
    default: "cron(0 3 * * ? *)",
    .awsSchedule,
    "When AWS Backup copies the central volume",
    source: "spec: Best Practices"
  )
  public static let backupRetention = Setting(
    "aws.backup_retention",
    default: 35,
    in: 1...36_500,
    unit: "days",
    "How long a backup is kept",
    source: "ours"
  )

  static let aws = [region.info, manageAddons.info, backupSchedule.info, backupRetention.info]
}
