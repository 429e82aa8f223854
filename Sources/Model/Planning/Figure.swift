/// A number of a plan, with how it came about.
public struct Figure: Sendable {
  public enum Name: String, Sendable, CaseIterable {
    case samplesPerSecond = "samples_per_second"
    case survives
    case survivesByDisk = "survives_by_disk"
    case survivesByLog = "survives_by_log"
    case survivesByWindow = "survives_by_window"
    case survivesByAge = "survives_by_queue_age"
    case survivesByRetention = "survives_by_retention"
    case partitionDeclared = "partition_declared_after"
    case queueAlert = "queue_alert_after"
    case warning = "warning_before_loss"
    case backlogSamples = "backlog_samples"
    case backlogBytes = "backlog_bytes"
    case keptBytes = "kept_bytes"
    case logBytes = "log_bytes"
    case diskBytes = "disk_bytes"
    case queueMemory = "queue_memory_bytes"
    case podMemory = "pod_memory_limit_bytes"
    case steadyBandwidth = "steady_bytes_per_second"
    case steadyFleet = "steady_fleet_bytes_per_second"
    case drainRate = "drain_samples_per_second"
    case recoveryBandwidth = "recovery_bytes_per_second"
    case recoveryFleet = "recovery_fleet_bytes_per_second"
    case recoveryFleetSamples = "recovery_fleet_samples_per_second"
    case fresh = "fresh_after"
    case drained = "drained_after"
    case storageCost = "cost_node_storage"
    case centralCost = "cost_central_storage"
    case transferCost = "cost_transfer"
    case cost = "cost"
  }

  /// What the value counts.
  public enum Unit: String, Sendable {
    case seconds, bytes, samples
    case bytesPerSecond = "bytes_per_second"
    case samplesPerSecond = "samples_per_second"
    case dollars = "us_dollars_per_month"
    /// Nothing: a factor.
    case none = ""
  }

  /// What the arithmetic is written of.
  public enum Piece: Sendable {
    case setting(SettingInfo)
    /// The setting's written name, with a value that isn't the model's.
    case given(SettingInfo, String)
    case figure(Name)
    /// A number that no setting has, and what it is.
    case constant(Double, Unit, String)
    case text(String)
  }

  public let name: Name
  /// Infinite where nothing bounds it, or where it never comes.
  public let value: Double
  public let unit: Unit
  public let formula: [Piece]

  init(_ name: Name, _ value: Double, _ unit: Unit, _ formula: [Piece]) {
    self.name = name
    self.value = value
    self.unit = unit
    self.formula = formula
  }
}

extension Figure.Piece: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self = .text(text) }

  static func value<Value>(_ setting: Setting<Value>) -> Figure.Piece { .setting(setting.info) }
  static func value<Value>(_ setting: Structural<Value>) -> Figure.Piece { .setting(setting.info) }
}
