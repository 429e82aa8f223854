public import Model

extension JobDiscovery {
  /// Reads the discoveries of an entry of `scrape_configs`, whose fields are known to be of the right kinds.
  ///
  /// - Throws: what can't be followed, each at its place.
  public init(_ config: Node, _ environment: DiscoveryEnvironment) throws(Diagnostics) {
    var reader = DiscoveryReader(environment)
    reader.read(config)
    let errors = reader.problems.filter { $0.severity == .error }
    if !errors.isEmpty { throw Diagnostics(errors.sortedByLocation()) }
    self.init(job: config["job_name"]?.text ?? "", reader.providers)
  }
}

/// Makes providers of the fields that end in `_configs`.
struct DiscoveryReader {
  let environment: DiscoveryEnvironment
  var providers: [any DiscoveryProvider] = []
  var problems: [Diagnostic] = []

  init(_ environment: DiscoveryEnvironment) { self.environment = environment }

  var tickets: TicketCounter { TicketCounter(provider: providers.count) }

  private var documents: GroupDocuments { GroupDocuments(readYAML: environment.readYAML) }

  mutating func read(_ config: Node) {
    readStatic(config["static_configs"]?.items ?? [])
    for node in config["file_sd_configs"]?.items ?? [] { readFiles(node) }
    for node in config["http_sd_configs"]?.items ?? [] { readHTTP(node) }
    for node in config["kubernetes_sd_configs"]?.items ?? [] { readKubernetes(node) }
  }

  private mutating func readStatic(_ nodes: [Node]) {
    if nodes.isEmpty { return }
    let groups = nodes.enumerated().map { index, node in
      DiscoveredGroup(
        source: "\(index)",
        labels: .unique((node["labels"]?.pairs ?? []).map { ($0.key, $0.value.text ?? "") }),
        targets: (node["targets"]?.items ?? []).map { [MetaLabel("__address__", $0.text ?? "")] }
      )
    }
    providers.append(StaticDiscovery(groups: groups))
  }

  private mutating func readFiles(_ node: Node) {
    let nodes = node["files"]?.items ?? []
    let patterns = nodes.compactMap { node in
      let pattern = node.text.flatMap { FilePattern($0) }
      if pattern == nil { problems.append(.badFilePattern(node.text ?? "", at: node.location)) }
      return pattern
    }
    if nodes.isEmpty { problems.append(.noFiles(at: node.location)) }
    providers.append(
      FileDiscovery(patterns, refreshMilliseconds: node.milliseconds("refresh_interval") ?? 300_000, documents, tickets)
    )
  }

  private mutating func readHTTP(_ node: Node) {
    guard let url = node["url"], let text = url.text, Self.isHTTP(text) else {
      problems.append(.badURL(at: (node["url"] ?? node).location))
      return
    }
    let client = client(node)
    providers.append(
      HTTPDiscovery(
        text,
        refreshMilliseconds: node.milliseconds("refresh_interval") ?? 60_000,
        client,
        documents,
        tickets
      )
    )
  }

  static func isHTTP(_ url: String) -> Bool {
    for scheme in ["http://", "https://"] where url.lowercased().hasPrefix(scheme) {
      guard let first = url.dropFirst(scheme.count).first else { return false }
      return !"/?#:".contains(first)
    }
    return false
  }

  /// Authorization and TLS, in the words of Prometheus' `http_config`.
  mutating func client(_ node: Node) -> DiscoveryClient {
    var reader = ScrapeJobReader(node)
    var client = DiscoveryClient()
    client.authorization = reader.authorization()
    client.tls = reader.tls()
    problems += reader.problems + node.unsupported
    return client
  }
}
