/// One metric that a query may name: what it is called in which release of Prometheus, and what it counts.
///
/// The table of them all (`MetricTable`) is what keeps rules, panels and the runbook to names that exist. Names and
/// releases were read from the sources of every minor release from 2.8 to 3.14 (`storage/remote`, `tsdb`, `tsdb/agent`,
/// `tsdb/wlog`); the `rescfg_` ones are this project's own, and docs/formats/metrics.md is their contract.
package struct Metric: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case counter, gauge, histogram, summary
  }

  /// Who exposes the metric.
  package enum Exporter: String, Hashable, Sendable {
    /// Prometheus, in server or agent mode.
    case prometheus
    /// `rescfg run agent`, which also exposes what Prometheus calls `prometheus_remote_storage_…`.
    case agent
    /// `rescfg run agent` and `rescfg run detector`.
    case detector
    /// `rescfg run detector` alone.
    case detectorAlone
    case kubeStateMetrics
    /// Written by whoever scrapes, for every target.
    case scrape
  }

  /// A name, and the releases in which it is the one to use.
  package struct Spelling: Hashable, Sendable {
    package let name: String
    package let since: PrometheusVersion
    /// The last release with this name; `nil` where it is still there.
    package let last: PrometheusVersion?

    package init(_ name: String, since: PrometheusVersion, last: PrometheusVersion? = nil) {
      self.name = name
      self.since = since
      self.last = last
    }

    package func covers(_ version: PrometheusVersion) -> Bool {
      since <= version && last.map { version <= $0 } != false
    }
  }

  /// Oldest first; the last is the current one.
  package let spellings: [Spelling]
  package let kind: Kind
  package let help: String
  /// The exporter's own labels, without `job`, `instance` and the external ones.
  package let labels: [String]
  package let exporter: Exporter

  package init(
    _ name: String,
    _ kind: Kind,
    _ help: String,
    labels: [String] = [],
    from exporter: Exporter = .prometheus,
    since: PrometheusVersion = PrometheusVersion(2, 42),
    formerly: [Spelling] = []
  ) {
    spellings = formerly + [Spelling(name, since: since)]
    self.kind = kind
    self.help = help
    self.labels = labels
    self.exporter = exporter
  }

  /// The newest name.
  package var name: String { spellings[spellings.count - 1].name }

  /// The name in that release, `nil` where the release has no such metric.
  package func name(in version: PrometheusVersion) -> String? {
    spellings.first { $0.covers(version) }?.name
  }

  /// The names of the series behind one name: a histogram has three.
  package static func seriesNames(of name: String, _ kind: Kind) -> [String] {
    switch kind {
    case .counter, .gauge: [name]
    case .histogram: [name, name + "_bucket", name + "_sum", name + "_count"]
    case .summary: [name, name + "_sum", name + "_count"]
    }
  }
}

/// A metric under the name it has in one release: the only form in which a query takes one.
package struct MetricName: Hashable, Sendable {
  package let spelling: String
}

extension PrometheusVersion {
  /// The metric's name in this release.
  ///
  /// The metric must exist there; where not every supported release has it, ask `find` first.
  package func name(_ metric: Metric) -> MetricName {
    guard let found = find(metric) else { preconditionFailure("BUG: Prometheus \(self) has no \(metric.name)") }
    return found
  }

  package func find(_ metric: Metric) -> MetricName? {
    metric.name(in: self).map(MetricName.init(spelling:))
  }
}
