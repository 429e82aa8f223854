/// One metric that a query may name: what it is called in which release of Prometheus, and what it counts.
///
/// The table of them all (`MetricTable`) is what keeps rules, panels and the runbook to names that exist. Names and
/// releases were read from the sources of every minor release from 2.8 to 3.14 (`storage/remote`, `tsdb`, `tsdb/agent`,
/// `tsdb/wlog`); the `rescfg_` ones are this project's own, and docs/formats/metrics.md is their contract.
public struct Metric: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable {
    case counter, gauge, histogram, summary
  }

  /// Who exposes the metric.
  public enum Exporter: String, Hashable, Sendable {
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
  public struct Spelling: Hashable, Sendable {
    public let name: String
    public let since: PrometheusVersion
    /// The last release with this name; `nil` where it is still there.
    public let last: PrometheusVersion?

    public init(_ name: String, since: PrometheusVersion, last: PrometheusVersion? = nil) {
      self.name = name
      self.since = since
      self.last = last
    }

    public func covers(_ version: PrometheusVersion) -> Bool {
      since <= version && last.map { version <= $0 } != false
    }
  }

  /// Oldest first; the last is the current one.
  public let spellings: [Spelling]
  public let kind: Kind
  public let help: String
  /// The exporter's own labels, without `job`, `instance` and the external ones.
  public let labels: [String]
  public let exporter: Exporter

  public init(
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
  public var name: String { spellings[spellings.count - 1].name }

  /// The name in that release, `nil` where the release has no such metric.
  public func name(in version: PrometheusVersion) -> String? {
    spellings.first { $0.covers(version) }?.name
  }

  /// The names of the series behind one name: a histogram has three.
  public static func seriesNames(of name: String, _ kind: Kind) -> [String] {
    switch kind {
    case .counter, .gauge: [name]
    case .histogram: [name, name + "_bucket", name + "_sum", name + "_count"]
    case .summary: [name, name + "_sum", name + "_count"]
    }
  }
}

/// A metric under the name it has in one release: the only form in which a query takes one.
public struct MetricName: Hashable, Sendable {
  public let spelling: String
}

extension PrometheusVersion {
  /// The metric's name in this release.
  ///
  /// The metric must exist there; where not every supported release has it, ask `find` first.
  public func name(_ metric: Metric) -> MetricName {
    guard let found = find(metric) else { preconditionFailure("BUG: Prometheus \(self) has no \(metric.name)") }
    return found
  }

  public func find(_ metric: Metric) -> MetricName? {
    metric.name(in: self).map(MetricName.init(spelling:))
  }
}
