extension CentralKind {
  /// Where the kind takes remote write, below `central.url`. An Amazon workspace's URL ends with `/workspaces/ID`.
  public var remoteWritePath: String {
    switch self {
    case .prometheus, .victoriametrics: "/api/v1/write"
    case .mimir: "/api/v1/push"
    case .thanosReceive: "/api/v1/receive"
    case .amp: "/api/v1/remote_write"
    }
  }

  /// Where the kind answers instant queries, below `central.url`; nothing for Thanos Receive, which only takes samples: another
  /// component of Thanos is asked, at another address.
  public var queryPath: String? {
    switch self {
    case .prometheus, .victoriametrics, .amp: "/api/v1/query"
    case .mimir: "/prometheus/api/v1/query"
    case .thanosReceive: nil
    }
  }

  /// Where the kind answers range queries, below `central.url`.
  public var queryRangePath: String? { queryPath.map { $0 + "_range" } }

  /// Where the kind says that it is well, with 2xx.
  public var healthPath: String {
    switch self {
    case .prometheus, .thanosReceive: "/-/healthy"
    case .victoriametrics: "/health"
    case .mimir: "/ready"
    // The service has no such path: that it answers a query is what there is to see.
    case .amp: "/api/v1/query?query=1"
    }
  }

  /// The header that names the tenant (`central.tenant`).
  public var tenantHeader: String? { self == .mimir ? "X-Scope-OrgID" : nil }

  /// What a request must show where the model doesn't say: Amazon takes signed ones only.
  var standardAuthentication: CentralAuthentication { self == .amp ? .sigv4 : .none }
}
