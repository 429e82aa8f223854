/// What settings of remote write say against each other, and what the way to the centre can't carry.
extension Diagnostic {
  static func backoffOrder(_ model: Configuration) -> Diagnostic {
    let (first, longest) = (Settings.initialBackoff.info, Settings.maxBackoff.info)
    return Diagnostic(
      .error,
      "backoff-order",
      "the first delay, \(model.named(first)), is longer than the longest, \(model.named(longest))",
      among: [first, longest],
      of: model
    ).mended(
      in: model,
      by: [.lower(first, model.resolved(longest).value), .raise(longest, model.resolved(first).value)]
    )
  }

  static func batchLargerThanQueue(_ model: Configuration) -> Diagnostic {
    let (batch, queue) = (Settings.maxSamplesPerSend.info, Settings.queueCapacity.info)
    return Diagnostic(
      .error,
      "batch-over-queue",
      "a request of \(model.named(batch)) can't fill from a queue of \(model.named(queue))",
      among: [batch, queue],
      of: model
    ).mended(
      in: model,
      by: [
        .raise(queue, .integer(model[Settings.maxSamplesPerSend] * 3)),
        .lower(batch, .integer(model[Settings.queueCapacity] / 3)),
      ]
    )
  }

  static func queueOutOfProportion(_ model: Configuration) -> Diagnostic {
    let (queue, batch) = (Settings.queueCapacity.info, Settings.maxSamplesPerSend.info)
    let size = model[Settings.maxSamplesPerSend]
    let times = Double(model[Settings.queueCapacity]) / Double(size)
    return Diagnostic(
      .warning,
      "queue-out-of-proportion",
      "\(model.named(queue)) is \(decimal((times * 10).rounded() / 10)) times \(model.named(batch)); Prometheus advises 3 to 10 times",
      among: [queue, batch],
      of: model
    ).mended(
      in: model,
      by: [times < 3 ? .raise(queue, .integer(size * 3)) : .lower(queue, .integer(size * 10))]
    )
  }

  static func drainSlowerThanCollection(_ model: Configuration) -> Diagnostic {
    let rate = Settings.drainRate.info
    return Diagnostic(
      .warning,
      "drain-too-slow",
      "after a partition the backlog drains slower than it grew: \(model.named(rate)) is less than \(model.growth)",
      among: [rate, Settings.seriesPerNode.info, Settings.scrapeInterval.info],
      of: model
    ).mended(in: model, by: [.raise(rate, .integer(Int(model.drainPerSecondNeeded.rounded(.up))))])
  }

  static func shardsTooFew(_ model: Configuration) -> Diagnostic {
    let (shards, batch) = (Settings.maxShards.info, Settings.maxSamplesPerSend.info)
    let needed = model.drainPerSecondNeeded * Configuration.requestSeconds
    let more = Int((needed / Double(model[Settings.maxSamplesPerSend])).rounded(.up)) + (model.sendsFreshFirst ? 1 : 0)
    let larger = Int((needed / Double(model.backlogShards)).rounded(.up))
    let spare = model.sendsFreshFirst && model[Settings.maxShards] > 1 ? " less one for fresh samples" : ""
    return Diagnostic(
      .warning,
      "shards-too-few",
      "after a partition the shards carry \(decimal(model.shardsPerSecond.rounded(.down))) samples a second of the backlog, "
        + "\(model.named(shards))\(spare) x \(model.named(batch)) / 100ms a request: less than \(model.growth)",
      among: [shards, batch, Settings.seriesPerNode.info, Settings.scrapeInterval.info],
      of: model
    ).mended(
      in: model,
      by: [
        .raise(shards, .integer(more)),
        larger * 3 <= model[Settings.queueCapacity] ? .raise(batch, .integer(larger)) : nil,
      ]
    )
  }

  static func rateLimitLoses(_ model: Configuration) -> Diagnostic {
    let retries = Settings.retryOnRateLimit.info
    return Diagnostic(
      .warning,
      "rate-limit-loses",
      "with \(model.named(retries)) what an overloaded centre refuses is lost, and after a partition it has most to take",
      among: [retries],
      of: model
    ).mended(in: model, by: [.set(retries, .boolean(true))])
  }

  static func retryAfterTooLong(_ model: Configuration) -> Diagnostic {
    let (longest, age) = (Settings.retryAfterMax.info, Settings.queueAge.info)
    return Diagnostic(
      .warning,
      "retry-after-long",
      "one answer may hold the queue for \(model.named(longest)), and RemoteWriteQueueFull fires at \(model.named(age))",
      among: [longest, age],
      of: model
    ).mended(in: model, by: [.lower(longest, model.resolved(age).value)])
  }

  static func protocolUnknownToPrometheus(_ model: Configuration) -> Diagnostic {
    let version = Settings.remoteWriteProtocol.info
    return Diagnostic(
      .error,
      "protocol-unknown",
      "Prometheus \(model[Settings.prometheusVersion]) sends remote write 1.0 only; 2.0 came with 2.54",
      among: [version, Settings.prometheusVersion.info, Settings.collector.info],
      of: model
    ).mended(in: model, by: [.set(version, RemoteWriteProtocol.v1.scalar)], otherwise: "choose another collector")
  }
}

extension Configuration {
  /// What the backlog has to drain at to be gone in the time that it took to grow, in words.
  fileprivate var growth: String {
    "the \(decimal(drainPerSecondNeeded.rounded(.up))) samples a second that a node collects"
      + (sendsFreshFirst ? "" : ", twice, as fresh ones wait behind")
      + " (\(named(Settings.seriesPerNode.info)) / \(named(Settings.scrapeInterval.info)))"
  }
}
