extension Settings {
  public static let storageKind = Structural(
    "storage.kind",
    default: StorageKind.hostPath,
    "Where the queue of an agent lies",
    source: "ours"
  )
  public static let storageSize = Setting(
    "storage.size",
    default: "10Gi",
    bytes: "64Mi"..."64Ti",
    "Disk per node for the queue",
    source: "spec: Resource Usage"
  )
  public static let hostPath = Setting(
    "storage.host_path",
    default: "/var/lib/rescfg",
    .path,
    "Directory of the node, where storage.kind is hostPath",
    source: "ours"
  )
  public static let storageClass = Setting(
    "storage.class",
    default: "observability-gp3",
    .dnsLabel,
    "StorageClass of every volume rendered: gp3, encrypted",
    source: "spec: Cost Considerations"
  )
  public static let kmsKey = Setting(
    "storage.kms_key",
    default: "alias/observability",
    .kmsAlias,
    "Alias of the KMS key that encrypts the volumes",
    source: "spec: Data Security"
  )
  public static let durability = Structural(
    "queue.durability",
    default: Durability.interval,
    "When written samples are forced to the disk",
    source: "ours"
  )
  public static let fsyncInterval = Setting(
    "queue.fsync_interval",
    default: "1s",
    in: "10ms"..."1m",
    "How often, where queue.durability is interval",
    source: "ours"
  )
  public static let queueCPURequest = Setting(
    "queue.resources.requests.cpu",
    default: "50m",
    cores: "1m"..."64",
    "CPU reserved for the queue's container beside Prometheus",
    source: "ours"
  )
  public static let queueMemoryRequest = Setting(
    "queue.resources.requests.memory",
    default: "64Mi",
    bytes: "16Mi"..."64Gi",
    "Memory reserved for the queue's container beside Prometheus",
    source: "ours"
  )
  public static let queueCPULimit = Setting(
    "queue.resources.limits.cpu",
    default: "500m",
    cores: "1m"..."64",
    "CPU limit of the queue's container beside Prometheus",
    source: "ours"
  )
  public static let queueMemoryLimit = Setting(
    "queue.resources.limits.memory",
    default: "128Mi",
    bytes: "16Mi"..."64Gi",
    "Memory limit of the queue's container beside Prometheus",
    source: "ours"
  )

  static let queue = [
    storageKind.info, storageSize.info, hostPath.info, storageClass.info, kmsKey.info, durability.info,
    fsyncInterval.info, queueCPURequest.info, queueMemoryRequest.info, queueCPULimit.info, queueMemoryLimit.info,
  ]
}
