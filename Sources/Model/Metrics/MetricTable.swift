/// Every metric that is known, and what to say of a name.
public enum MetricTable {
  public static let all: [Metric] =
    Metric.remoteStorage + Metric.log + Metric.tsdb + Metric.rescfg + Metric.fleet + Metric.process + Metric.cluster

  /// What `rescfg run agent` exposes under current names, in the order of its page. `MetricAlias` has the others.
  public static let ofAgent: [Metric] = Metric.rescfg + Metric.remoteStorageOfAgent + Metric.process

  /// What `rescfg run detector` exposes, in the order of its page.
  public static let ofDetector: [Metric] =
    [.partitionState, .partitionTransitions, .checks, .checkFailuresInARow] + Metric.fleet + Metric.alerts
    + [.reloadSuccessful, .reloadLastSuccess, .buildInfo] + Metric.process

  /// The families that the table knows completely: a name in one of them that it lacks does not exist.
  public static let families = [
    "prometheus_remote_storage_", "prometheus_agent_", "prometheus_tsdb_", "prometheus_wal_watcher_", "rescfg_",
  ]

  private static let bySeriesName: [String: Metric] = {
    var metrics: [String: Metric] = [:]
    for metric in all {
      for spelling in metric.spellings {
        for name in Metric.seriesNames(of: spelling.name, metric.kind) { metrics[name] = metric }
      }
    }
    return metrics
  }()

  private static let aliasByName = Dictionary(uniqueKeysWithValues: MetricAlias.all.map { ($0.name, $0) })

  /// What is to be said of a name in a query that Prometheus of `version` is to answer.
  public static func finding(name: String, version: PrometheusVersion) -> MetricFinding {
    guard families.contains(where: name.hasPrefix) else { return .notOurs }
    if let alias = aliasByName[name], !alias.everExisted {
      return .neverExisted(useInstead: version.name(alias.metric).spelling)
    }
    guard let metric = bySeriesName[name] else {
      return .unknown(suggestion: suggestion(for: name, among: bySeriesName.keys.sorted()))
    }
    let suffix = metric.spellings.compactMap { spelling in
      name.hasPrefix(spelling.name) ? String(name.dropFirst(spelling.name.count)) : nil
    }.min { $0.count < $1.count }
    guard let current = metric.name(in: version) else {
      return .later(since: metric.spellings[0].since)
    }
    if name == current + (suffix ?? "") { return .known(metric) }
    let since = metric.spellings.first { $0.name == current }?.since ?? version
    let formerlySame = metric.spellings.first { name == $0.name + (suffix ?? "") }
    if let formerlySame, formerlySame.since > version { return .later(since: formerlySame.since) }
    return .renamed(to: current + (suffix ?? ""), since: since)
  }
}

/// What the table says of a name.
public enum MetricFinding: Hashable, Sendable {
  case known(Metric)
  /// An older release's name.
  case renamed(to: String, since: PrometheusVersion)
  /// A newer release's name.
  case later(since: PrometheusVersion)
  /// No release ever had it.
  case neverExisted(useInstead: String)
  /// In a family that the table knows, and not in the table.
  case unknown(suggestion: String?)
  /// Of another family: nothing is known of it here.
  case notOurs
}
