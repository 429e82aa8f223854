public import Model

/// The jobs of a model, and what it says of them that changes nothing here.
public struct ScrapeJobs: Sendable {
  public var jobs: [ScrapeJob] = []
  /// Fields that have no effect here, and don't need any.
  public var warnings: [Diagnostic] = []

  /// Reads `scrape_configs`.
  ///
  /// A field that can't be followed is an error at its place: half a job would collect something else than the model says.
  /// - Parameters:
  ///   - intervalMilliseconds: for jobs that have none of their own.
  ///   - timeoutMilliseconds: likewise; no longer than the job's interval.
  public init(
    _ configs: [Node],
    intervalMilliseconds: Int64,
    timeoutMilliseconds: Int64 = 10_000
  ) throws(Diagnostics) {
    var problems = Vocabulary.problems(scrapeConfigs: configs, extraRules: [])
    if problems.isEmpty {
      for config in configs {
        var reader = ScrapeJobReader(config)
        if let job = reader.read(intervalMilliseconds: intervalMilliseconds, timeoutMilliseconds: timeoutMilliseconds) {
          jobs.append(job)
        }
        problems += reader.problems
      }
    }
    warnings = problems.filter { $0.severity != .error }
    let errors = problems.filter { $0.severity == .error }
    if !errors.isEmpty { throw Diagnostics(errors.sortedByLocation()) }
  }
}

/// Reads one entry, whose fields are known to be of the right kinds.
struct ScrapeJobReader {
  private let config: Node
  private(set) var problems: [Diagnostic] = []

  init(_ config: Node) { self.config = config }

  mutating func read(intervalMilliseconds: Int64, timeoutMilliseconds: Int64) -> ScrapeJob? {
    let interval = config.milliseconds("scrape_interval") ?? intervalMilliseconds
    let timeout = config.milliseconds("scrape_timeout") ?? min(timeoutMilliseconds, interval)
    guard timeout <= interval else {
      problems.append(.timeoutBeyondInterval(at: (config["scrape_timeout"] ?? config).location))
      return nil
    }
    var job = ScrapeJob(
      name: config["job_name"]?.text ?? "",
      intervalMilliseconds: interval,
      timeoutMilliseconds: timeout
    )
    job.scheme = config["scheme"]?.text ?? job.scheme
    job.metricsPath = config["metrics_path"]?.text ?? job.metricsPath
    job.parameters = (config["params"]?.pairs ?? []).map { .init($0.key, $0.value.items.compactMap(\.text)) }
    job.honorsLabels = config.flag("honor_labels") ?? job.honorsLabels
    job.honorsTimestamps = config.flag("honor_timestamps") ?? job.honorsTimestamps
    job.tracksTimestampsStaleness = config.flag("track_timestamps_staleness") ?? job.tracksTimestampsStaleness
    job.acceptsGzip = config.flag("enable_compression") ?? job.acceptsGzip
    job.hasExtraMetrics = config.flag("extra_scrape_metrics") ?? job.hasExtraMetrics
    job.escapingScheme = config["metric_name_escaping_scheme"]?.text ?? job.escapingScheme
    job.limits.bodyByteCount = config.byteCount("body_size_limit") ?? 0
    job.limits.sampleCount = config.count("sample_limit") ?? 0
    job.limits.targetCount = config.count("target_limit") ?? 0
    job.limits.labelCount = config.count("label_limit") ?? 0
    job.limits.labelNameByteCount = config.count("label_name_length_limit") ?? 0
    job.limits.labelValueByteCount = config.count("label_value_length_limit") ?? 0
    job.relabelRules = rules("relabel_configs")
    job.metricRelabelRules = rules("metric_relabel_configs")
    readProtocols(into: &job)
    job.authorization = authorization()
    job.tls = tls()
    problems += config.unsupported
    return job
  }

  private mutating func rules(_ field: String) -> [RelabelRule] {
    (config[field]?.items ?? []).compactMap { node in
      do throws(Diagnostics) { return try RelabelRule(node) } catch {
        problems += error.all
        return nil
      }
    }
  }

  private mutating func readProtocols(into job: inout ScrapeJob) {
    if let nodes = config["scrape_protocols"]?.items {
      job.protocols = nodes.compactMap { scrapeProtocol($0) }
      if nodes.isEmpty, let node = config["scrape_protocols"] { problems.append(.noProtocol(at: node.location)) }
    }
    job.fallbackProtocol = config["fallback_scrape_protocol"].flatMap { scrapeProtocol($0) }
  }

  private mutating func scrapeProtocol(_ node: Node) -> ScrapeProtocol? {
    if let known = node.text.flatMap({ ScrapeProtocol(rawValue: $0) }) { return known }
    problems.append(.unsupportedProtocol(node.text ?? "", at: node.location))
    return nil
  }

  mutating func authorization() -> ScrapeAuthorization {
    let fields = ["basic_auth", "authorization", "bearer_token_file"]
    let written = config.pairs.filter { fields.contains($0.key) }
    if written.count > 1 { problems.append(.severalAuthorizations(at: written[1].keyLocation)) }
    if let basic = config["basic_auth"] {
      return .basic(
        username: basic["username"]?.text ?? "",
        usernameFile: basic["username_file"]?.text,
        passwordFile: basic["password_file"]?.text
      )
    }
    if let file = config["bearer_token_file"]?.text { return .header(scheme: "Bearer", credentialsFile: file) }
    guard let header = config["authorization"] else { return .none }
    guard let file = header["credentials_file"]?.text else {
      problems.append(.authorizationWithoutFile(at: header.location))
      return .none
    }
    return .header(scheme: header["type"]?.text ?? "Bearer", credentialsFile: file)
  }

  func tls() -> ScrapeTLS {
    var tls = ScrapeTLS()
    guard let node = config["tls_config"] else { return tls }
    tls.caFile = node["ca_file"]?.text
    tls.certificateFile = node["cert_file"]?.text
    tls.keyFile = node["key_file"]?.text
    tls.serverName = node["server_name"]?.text
    tls.minimumVersion = node["min_version"]?.text
    tls.maximumVersion = node["max_version"]?.text
    return tls
  }
}
