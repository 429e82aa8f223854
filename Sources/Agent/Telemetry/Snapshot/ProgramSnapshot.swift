/// The program: what runs, since when, and what the machine says of its process.
public struct ProgramSnapshot: Sendable {
  public var version: String
  /// The environment of the model: `prod`.
  public var environment: String
  public var cluster: String
  public var node: String
  public var started: Moment
  public var isLastReloadGood = true
  /// Milliseconds since 1970 at which a model was taken last.
  public var lastReload: Int64
  public var process = ProcessSnapshot()

  public init(version: String, environment: String, cluster: String, node: String, started: Moment) {
    self.version = version
    self.environment = environment
    self.cluster = cluster
    self.node = node
    self.started = started
    lastReload = started.wall
  }
}

/// What the kernel knows of the process.
public struct ProcessSnapshot: Sendable {
  /// User and system, in milliseconds.
  public var cpuMilliseconds: Int64 = 0
  /// Milliseconds since 1970.
  public var started: Int64 = 0
  public var residentBytes: UInt64 = 0
  public var virtualBytes: UInt64 = 0
  public var openFileCount: UInt64 = 0
  public var openFileCountMax: UInt64 = 0

  public init() {}
}
