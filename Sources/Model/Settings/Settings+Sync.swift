extension Settings {
  /// Minutes that a cron schedule can express evenly: divisors of an hour, and of a day in hours.
  public static let evenIntervals = [
    1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440,
  ]

  public static let syncInterval = Setting(
    "metrics_sync_interval",
    default: 15,
    oneOf: evenIntervals,
    unit: "minutes",
    "Minutes between sync checks",
    source: "spec: Configuration Variables"
  )
  public static let syncCPURequest = Setting(
    "sync.resources.requests.cpu",
    default: "50m",
    cores: "1m"..."64",
    "CPU reserved for the sync job",
    source: "spec: Resource Usage"
  )
  public static let syncMemoryRequest = Setting(
    "sync.resources.requests.memory",
    default: "64Mi",
    bytes: "16Mi"..."64Gi",
    "Memory reserved for the sync job",
    source: "spec: Resource Usage"
  )
  public static let syncCPULimit = Setting(
    "sync.resources.limits.cpu",
    default: "100m",
    cores: "1m"..."64",
    "CPU limit of the sync job",
    source: "spec: Resource Usage"
  )
  public static let syncMemoryLimit = Setting(
    "sync.resources.limits.memory",
    default: "128Mi",
    bytes: "16Mi"..."64Gi",
    "Memory limit of the sync job",
    source: "spec: Resource Usage"
  )

  static let sync = [
    syncInterval.info, syncCPURequest.info, syncMemoryRequest.info, syncCPULimit.info, syncMemoryLimit.info,
  ]
}
