/// The program itself.
extension Metric {
  public static let limitHits = own(
    "limit_hits_total",
    .counter,
    "Times a bound of the agent was reached, by bound",
    labels: ["limit"]
  )
  public static let reloadSuccessful = own(
    "config_last_reload_successful",
    .gauge,
    "1 where the newest model was taken, 0 where the former still holds"
  )
  public static let reloadLastSuccess = own(
    "config_last_reload_success_timestamp_seconds",
    .gauge,
    "When a model was taken last"
  )
  public static let buildInfo = own("build_info", .gauge, "Always 1", labels: ["version"])

  static let program: [Metric] = [limitHits, reloadSuccessful, reloadLastSuccess, buildInfo]

  public static let processCPU = process("cpu_seconds_total", .counter, "CPU time, user and system")
  public static let processStart = process("start_time_seconds", .gauge, "When the process started")
  public static let processResidentBytes = process("resident_memory_bytes", .gauge, "Resident memory")
  public static let processVirtualBytes = process("virtual_memory_bytes", .gauge, "Virtual memory")
  public static let processOpenFiles = process("open_fds", .gauge, "Open file descriptors")
  public static let processMaxFiles = process("max_fds", .gauge, "File descriptors allowed")

  /// The names that client libraries of Prometheus give to what any process has.
  private static func process(_ name: String, _ kind: Kind, _ help: String) -> Metric {
    Metric("process_\(name)", kind, help, from: .agent)
  }

  static let process: [Metric] = [
    processCPU, processStart, processResidentBytes, processVirtualBytes, processOpenFiles, processMaxFiles,
  ]
}
