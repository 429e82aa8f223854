/// The program: what runs, since when, and what the machine says of its process.
package struct ProgramSnapshot: Sendable {
  package var version: String
  /// The environment of the model: `prod`.
  package var environment: String
  package var cluster: String
  package var node: String
  package var started: Moment
  package var isLastReloadGood = true
  /// Milliseconds since 1970 at which a model was taken last.
  package var lastReload: Int64
  package var process = ProcessSnapshot()

  package init(version: String, environment: String, cluster: String, node: String, started: Moment) {
    self.version = version
    self.environment = environment
    self.cluster = cluster
    self.node = node
    self.started = started
    lastReload = started.wall
  }
}

/// What the kernel knows of the process.
package struct ProcessSnapshot: Sendable {
  /// User and system, in milliseconds.
  package var cpuMilliseconds: Int64 = 0
  /// Milliseconds since 1970.
  package var started: Int64 = 0
  package var residentBytes: UInt64 = 0
  package var virtualBytes: UInt64 = 0
  package var openFileCount: UInt64 = 0
  package var openFileCountMax: UInt64 = 0

  package init() {}
}
