extension Check {
  /// The backlog has to drain faster than it grew, by the rate that it may have.
  static let backlogDrains = Check(
    of: Settings.drainRate.info,
    Settings.seriesPerNode.info,
    Settings.scrapeInterval.info,
    Settings.outOfOrderWindow.info,
    Settings.centralKind.info,
    Settings.collector.info
  ) { model in
    guard model[Settings.collector].hasDurableQueue else { return [] }
    return Double(model[Settings.drainRate]) < model.drainPerSecondNeeded ? [.drainSlowerThanCollection(model)] : []
  }

  /// The same by what the shards carry; where they can't, the queue may grow while all is well, too.
  static let shardsCarryTheBacklog = Check(
    of: Settings.maxShards.info,
    Settings.maxSamplesPerSend.info,
    Settings.seriesPerNode.info,
    Settings.scrapeInterval.info,
    Settings.outOfOrderWindow.info,
    Settings.centralKind.info,
    Settings.collector.info
  ) { model in
    model.shardsPerSecond < model.drainPerSecondNeeded ? [.shardsTooFew(model)] : []
  }

  /// A queue that outgrows its container is killed, and comes back to the same.
  static let queueFitsMemory = Check(
    of: Settings.seriesPerNode.info,
    Settings.queueMemoryLimit.info,
    Settings.agentMemoryLimit.info,
    Settings.maxShards.info,
    Settings.maxSamplesPerSend.info,
    Settings.wireBytesPerSample.info,
    Settings.collector.info
  ) { model in
    guard model[Settings.collector].hasDurableQueue else { return [] }
    let limit = model[Settings.collector] == .prometheus ? Settings.queueMemoryLimit : Settings.agentMemoryLimit
    return model.queueMemoryBytes <= model[limit].value ? [] : [.memoryTooSmall(model, limit.info)]
  }

  /// A centre that recovers from a partition refuses some of the backlog with 429; without a retry that is lost.
  static let refusedSamplesAreRetried = Check(of: Settings.retryOnRateLimit.info) { model in
    model[Settings.retryOnRateLimit] ? [] : [.rateLimitLoses(model)]
  }

  /// One answer must not hold the queue until its alert fires.
  static let retryAfterIsShort = Check(
    of: Settings.retryAfterMax.info,
    Settings.queueAge.info,
    Settings.collector.info
  ) { model in
    guard model[Settings.collector].hasDurableQueue else { return [] }
    return model[Settings.retryAfterMax] <= model[Settings.queueAge] ? [] : [.retryAfterTooLong(model)]
  }
}
