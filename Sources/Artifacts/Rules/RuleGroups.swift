public import Document
import Model

/// The rules, as a rule file or a PrometheusRule's `spec` holds them: a mapping with `groups`.
public func ruleGroups<S: Scope>(_ scope: S) -> Tree<S.H> {
  let parts = QueryParts(scope: scope)
  let contact = scope.text(Settings.contact)
  var groups: [Tree<S.H>] = [
    ["name": "network-resilience", "rules": .sequence(parts.alerts.map { $0.tree(contact: contact) })]
  ]
  if !parts.hasDurableQueue {
    groups.append([
      "name": "network-resilience-names", "rules": .sequence(parts.aliases.map(\.tree)),
    ])
  }
  if !scope.configuration.extraRules.isEmpty {
    groups.append([
      "name": "network-resilience-extra", "rules": .sequence(scope.configuration.extraRules.map { $0.tree() }),
    ])
  }
  return ["groups": .sequence(groups)]
}

extension QueryParts {
  /// The alerts for this collector, in the order of the file.
  var alerts: [Alert<S.H>] { AlertName.allCases.compactMap(alert) }

  func alert(_ name: AlertName) -> Alert<S.H>? {
    switch name {
    case .highRemoteWriteRetries: highRemoteWriteRetries
    case .remoteWriteQueueFull: remoteWriteQueueFull
    case .networkPartitionDetected: networkPartitionDetected
    case .metricsSyncLag: metricsSyncLag
    case .remoteWriteDataLoss: remoteWriteDataLoss
    case .remoteWriteQueueDepth: remoteWriteQueueDepth
    case .remoteWriteDiskQueueFilling: hasDurableQueue ? remoteWriteDiskQueueFilling : nil
    case .agentSilent: agentSilent
    case .allAgentsSilent: allAgentsSilent
    case .metricsSyncFailed: metricsSyncFailed
    }
  }
}
