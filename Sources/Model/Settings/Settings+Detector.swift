extension Settings {
  public static let partitionThreshold = Setting(
    "network_partition_threshold",
    default: 3,
    in: 1...100,
    unit: "failed checks",
    "Failures before declaring partition",
    source: "spec: Configuration Variables"
  )
  public static let checkInterval = Setting(
    "detector.check_interval",
    default: "30s",
    in: "1s"..."10m",
    "How often the centre's health is checked",
    source: "spec: Network Partition Detection"
  )
  public static let checkTimeout = Setting(
    "detector.check_timeout",
    default: "10s",
    in: "100ms"..."5m",
    "After what time a check counts as failed",
    source: "ours"
  )
  public static let detectorReplicas = Setting(
    "detector.replicas",
    default: 1,
    in: 1...5,
    unit: "pods",
    "Pods of the detector; 'kubectl logs -f -l' follows five at most",
    source: "upstream: kubectl logs"
  )
  public static let detectorCPURequest = Setting(
    "detector.resources.requests.cpu",
    default: "50m",
    cores: "1m"..."64",
    "CPU reserved for the detector",
    source: "spec: Resource Usage"
  )
  public static let detectorMemoryRequest = Setting(
    "detector.resources.requests.memory",
    default: "64Mi",
    bytes: "16Mi"..."64Gi",
    "Memory reserved for the detector",
    source: "spec: Resource Usage"
  )
  public static let detectorCPULimit = Setting(
    "detector.resources.limits.cpu",
    default: "100m",
    cores: "1m"..."64",
    "CPU limit of the detector",
    source: "spec: Resource Usage"
  )
  public static let detectorMemoryLimit = Setting(
    "detector.resources.limits.memory",
    default: "128Mi",
    bytes: "16Mi"..."64Gi",
    "Memory limit of the detector",
    source: "spec: Resource Usage"
  )

  static let detector = [
    partitionThreshold.info, checkInterval.info, checkTimeout.info, detectorReplicas.info, detectorCPURequest.info,
    detectorMemoryRequest.info, detectorCPULimit.info, detectorMemoryLimit.info,
  ]
}
