import Model

extension LocalAlert {
  /// As the rendered rules have it.
  var severity: String {
    switch self {
    case .remoteWriteQueueFull, .networkPartitionDetected, .remoteWriteDataLoss, .agentSilent: "critical"
    case .highRemoteWriteRetries, .metricsSyncLag: "warning"
    case .watchdog: "none"
    }
  }
}

/// What tells an alert from others of its name: with name and severity, all of its labels.
public struct AlertSubject: Hashable, Sendable {
  /// Sorted by name.
  let labels: [Label]

  struct Label: Hashable, Sendable {
    let name: String
    let value: String
  }

  /// Labels without a value are left out: Alertmanager takes both for the same.
  init(_ labels: [(name: String, value: String)]) {
    self.labels = labels.filter { !$0.value.isEmpty }.sorted { $0.name < $1.name }.map {
      Label(name: $0.name, value: $0.value)
    }
  }
}

/// A condition that holds now.
struct AlertCondition: Hashable, Sendable {
  let alert: LocalAlert
  let subject: AlertSubject
  /// How long it has to hold before the alert fires, in milliseconds.
  var hold: Int64 = 0
  let summary: String
  let description: String
}
