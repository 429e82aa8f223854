public import Model
import Samples
public import Spool

/// What an agent does, read off the model of its environment once: at its start and at each reload.
public struct AgentConfiguration: Sendable {
  /// The queue towards the centre, in file names, on /metrics and in the log.
  public static let centralDestination = Destination.queueName(Destination.centre)

  public let environment: String
  /// Empty where the model names no cluster.
  public let cluster: String
  public let node: String
  public let collector: Collector
  public let spool: SpoolConfiguration
  public let durability: Durability
  public let fsyncIntervalMilliseconds: Int64
  public let scrapeIntervalMilliseconds: Int64
  /// What the agent adds to every series that it scrapes, sorted by name; a label of the series itself wins.
  public let externalLabels: [(name: String, value: String)]
  /// What is scraped; nothing where another collector does that.
  public let jobs: [Job]
  public let model: Configuration

  /// A job, and how its targets are found.
  public struct Job: Sendable {
    public let job: ScrapeJob
    public let discovery: JobDiscovery
    /// What the model says of its discoveries.
    let discoveryText: [Node.Pair]
  }

  /// Throws what its jobs have that can't be followed.
  /// - Parameters:
  ///   - node: the name of this machine, which stands for `$(NODE_NAME)`.
  ///   - environment: what discovery knows of the machine.
  public init(_ model: Configuration, node: String, _ discovery: DiscoveryEnvironment) throws(Diagnostics) {
    self.model = model
    self.node = node
    environment = model.environment
    cluster = model[Settings.clusterName]
    collector = model[Settings.collector]
    durability = model[Settings.durability]
    fsyncIntervalMilliseconds = Int64(model[Settings.fsyncInterval].milliseconds)
    scrapeIntervalMilliseconds = Int64(model[Settings.scrapeInterval].milliseconds)
    // What is older than any destination takes, and than the model wants to survive, is of no use to anybody.
    let ways = model.destinationNames.map { model.toward($0) }
    let windows = ways.map { $0[Settings.outOfOrderWindow].milliseconds }
    let ageMax = max(windows.max() ?? 0, model[Settings.survive].milliseconds)
    spool = SpoolConfiguration(
      byteCountMax: Int(model.queueBytesMax),
      ageMax: Int64(ageMax),
      destinations: ways.map { Destination.queueName($0.destinationName) }
    )
    var labels = ["cluster": cluster, "node": node, "environment": environment]
    for label in model.externalLabels {
      labels[label.name] = label.value.replacingNodeName(with: node)
    }
    externalLabels = labels.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    let configs = (collector == .rescfg ? model.scrapeConfigs ?? [] : []).map { $0.replacingNodeName(with: node) }
    let read = try ScrapeJobs(configs, intervalMilliseconds: scrapeIntervalMilliseconds)
    var jobs: [Job] = []
    for (job, config) in zip(read.jobs, configs) {
      let written = config.pairs.filter { $0.key.hasSuffix("_sd_configs") || $0.key == "static_configs" }
      jobs.append(Job(job: job, discovery: try JobDiscovery(config, discovery), discoveryText: written))
    }
    self.jobs = jobs
  }
}

extension Node {
  /// The node with the machine's name in place of `$(NODE_NAME)`, in every scalar.
  func replacingNodeName(with name: String) -> Node {
    var copy = self
    switch content {
    case .scalar(let text, let isPlain): copy.content = .scalar(text.replacingNodeName(with: name), isPlain: isPlain)
    case .sequence(let items): copy.content = .sequence(items.map { $0.replacingNodeName(with: name) })
    case .mapping(let pairs):
      copy.content = .mapping(
        pairs.map { pair in
          var pair = pair
          pair.value = pair.value.replacingNodeName(with: name)
          return pair
        }
      )
    }
    return copy
  }
}

extension AgentConfiguration {
  /// One for each destination, the centre's first.
  public var senders: [SenderConfiguration] {
    model.destinationNames.map { name in
      let way = model.toward(name)
      return SenderConfiguration(
        destination: Destination.queueName(name),
        maxShards: model[Settings.maxShards],
        maxSamplesPerSend: model[Settings.maxSamplesPerSend],
        batchSendDeadline: Int64(model[Settings.batchSendDeadline].milliseconds),
        backoff: Backoff(
          initial: Int64(model[Settings.initialBackoff].milliseconds),
          max: Int64(model[Settings.maxBackoff].milliseconds)
        ),
        retriesOnRateLimit: model[Settings.retryOnRateLimit],
        retryAfterMax: Int64(model[Settings.retryAfterMax].milliseconds),
        scrapeInterval: scrapeIntervalMilliseconds,
        acceptsOutOfOrder: way[Settings.outOfOrderWindow].milliseconds > 0,
        drainRate: model[Settings.drainRate],
        nodeCount: model[Settings.nodes],
        protocol: way[Settings.remoteWriteProtocol] == .v2 ? .v2 : .v1
      )
    }
  }

  func scraperSettings(hashKey: KeyedHash.Key, firstStream: UInt32) -> ScraperSettings {
    var settings = ScraperSettings(hashKey: hashKey)
    settings.externalLabels = externalLabels
    settings.firstStream = firstStream
    // Stable, so that a restart keeps the pace, and another one on each node.
    settings.offsetSeed = node.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return settings
  }

  public var detector: DetectorConfiguration {
    DetectorConfiguration(
      threshold: model[Settings.partitionThreshold],
      checkInterval: Int64(model[Settings.checkInterval].milliseconds),
      checkTimeout: Int64(model[Settings.checkTimeout].milliseconds)
    )
  }

  /// Settings that differ and that a running agent can't take.
  func settingsThatNeedRestart(_ new: AgentConfiguration) -> [String] {
    var settings: [String] = []
    if new.spool.byteCountMax != spool.byteCountMax { settings.append(Settings.storageSize.info.path) }
    if new.spool.ageMax != spool.ageMax { settings.append(Settings.outOfOrderWindow.info.path) }
    return settings
  }
}

extension String {
  /// The text with the node's name in place of `$(NODE_NAME)`.
  public func replacingNodeName(with node: String) -> String {
    let placeholder = Array("$(NODE_NAME)".utf8)
    let bytes = Array(utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index...].starts(with: placeholder) {
        result += Array(node.utf8)
        index += placeholder.count
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
