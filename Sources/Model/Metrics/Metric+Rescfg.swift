/// `rescfg_…`: what this project's own programs expose. docs/formats/metrics.md is the contract.
extension Metric {
  static func own(
    _ name: String,
    _ kind: Kind,
    _ help: String,
    labels: [String] = [],
    from exporter: Exporter = .agent
  ) -> Metric {
    Metric("rescfg_\(name)", kind, help, labels: labels, from: exporter)
  }

  /// One for each queue: with the same labels as `prometheus_remote_storage_…` has.
  static func ofQueue(
    _ name: String,
    _ kind: Kind,
    _ help: String,
    by labels: [String] = [],
    from exporter: Exporter = .agent
  ) -> Metric {
    own(name, kind, help, labels: ["remote_name", "url"] + labels, from: exporter)
  }

  static let rescfg: [Metric] = ledger + queue + path + gaps + inputs + alerts + program
}

/// The states of `rescfg_partition_state`, in the order in which a partition passes through them.
public enum PartitionState: String, Sendable, CaseIterable {
  case connected, suspect, partitioned, recovering
}
